-- The secret of a connector, for the functions that make its requests; never granted.
create or replace function app.connector_secret(connector public.connectors)
returns text
language sql
stable
set search_path = ''
as $$
  select s.decrypted_secret from vault.decrypted_secrets as s where s.id = (connector).secrets_ref;
$$;
comment on function app.connector_secret is 'Text of a connector''s secret; null for one without.';
