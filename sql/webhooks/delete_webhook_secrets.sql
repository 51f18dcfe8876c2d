-- A removed endpoint's secrets leave Vault with it. Definer, because Vault is closed to clients.
create or replace function app.delete_webhook_secrets()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets as s where s.id in (old.secret_ref, old.previous_secret_ref);
  return null;
end;
$$;
comment on function app.delete_webhook_secrets is 'After-row trigger: removes the secrets of a removed endpoint.';
