-- A removed connector's secret leaves Vault with it. Definer, because Vault is closed to clients.
create or replace function app.delete_connector_secret()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets as s where s.id = old.secrets_ref;
  return null;
end;
$$;
comment on function app.delete_connector_secret is 'After-row trigger: removes the secret of a removed connector.';
