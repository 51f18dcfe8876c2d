-- Stores a key as the first signing key, unless there is one: of two isolates that make the first key at once, one
-- wins and both go on with the winner's.
create or replace function app.claim_signing_key(kid text, public_jwk jsonb, private_jwk text)
returns table (current_kid text, current_private_jwk text)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtextextended('app.signing_keys', 0));
  if not exists (select from app.signing_keys as k where k.retired_at is null) then
    insert into app.signing_keys (kid, public_jwk, secret_id)
    values (
      claim_signing_key.kid,
      claim_signing_key.public_jwk,
      vault.create_secret(
        claim_signing_key.private_jwk,
        'odyssey_signing_key_' || claim_signing_key.kid,
        'Signs access tokens of the token exchange (ES256).'
      )
    );
  end if;
  return query select c.kid, c.private_jwk from app.current_signing_key() as c;
end;
$$;
comment on function app.claim_signing_key is
  'The signing key: the one given when it is the first, else the one there is.';
