-- Keys that sign our own access tokens (token exchange). The public half is served as JWKS; the private half is a Vault
-- secret. Two live side by side while one replaces the other: the newest signs, the retired is still published.
create table app.signing_keys (
  kid text not null,
  public_jwk jsonb not null,
  secret_id uuid not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  constraint signing_keys_pkey primary key (kid),
  constraint public_jwk_holds_no_private_part check (jsonb_typeof(public_jwk) = 'object' and not public_jwk ? 'd'),
  constraint retired_at_is_after_created_at check (retired_at >= created_at)
);
comment on table app.signing_keys is
  'ES256 keys of the token exchange: public parts, and where in Vault the private ones are.';
comment on column app.signing_keys.kid is 'The key''s id in token headers and in the JWKS.';
comment on column app.signing_keys.public_jwk is 'The public key as a JWK.';
comment on column app.signing_keys.secret_id is 'The Vault secret that holds the private key as a JWK.';
comment on column app.signing_keys.created_at is 'When it was made; the newest unretired key signs.';
comment on column app.signing_keys.retired_at is
  'When it stopped signing; it is published until its last tokens have expired.';

alter table app.signing_keys enable row level security;
alter table app.signing_keys force row level security;
