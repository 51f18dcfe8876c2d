-- The key that signs now, with its private half. For the api function, connected as the owner; nobody else may call it.
create or replace function app.current_signing_key()
returns table (kid text, private_jwk text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select k.kid, s.decrypted_secret
  from app.signing_keys as k
  join vault.decrypted_secrets as s on s.id = k.secret_id
  where k.retired_at is null
  order by k.created_at desc, k.kid
  limit 1;
end;
$$;
comment on function app.current_signing_key is 'Id and private JWK of the newest signing key; no row before the first.';
