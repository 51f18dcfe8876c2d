-- The JWKS: every key whose tokens may still be alive. A token lives 15 minutes at most, and an isolate may sign with
-- a retired key a few minutes longer; an hour covers both.
create or replace function app.published_signing_keys()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object('keys', (
    select coalesce(jsonb_agg(k.public_jwk order by k.created_at desc, k.kid), '[]')
    from app.signing_keys as k
    where k.retired_at is null or k.retired_at > now() - interval '1 hour'
  ));
end;
$$;
comment on function app.published_signing_keys is 'The public keys as a JSON Web Key Set.';
