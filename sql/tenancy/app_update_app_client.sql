-- Changes name, permissions or activity of a service client; null leaves a value as it is. What is taken away is gone
-- from the next request on. Definer, because nobody may write app_clients; superadmins and the service key only.
create or replace function app.update_app_client(
  appwrite_user_id text,
  name text,
  permissions text[],
  active boolean
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  perform app.check_app_client_input(update_app_client.name, update_app_client.permissions);
  update public.app_clients as c
  set name = coalesce(btrim(update_app_client.name), c.name),
      permissions = coalesce(update_app_client.permissions, c.permissions),
      active = coalesce(update_app_client.active, c.active)
  where c.appwrite_user_id = update_app_client.appwrite_user_id
    and (c.name, c.permissions, c.active) is distinct from (
      coalesce(btrim(update_app_client.name), c.name),
      coalesce(update_app_client.permissions, c.permissions),
      coalesce(update_app_client.active, c.active)
    );
  return app.get_app_client(update_app_client.appwrite_user_id);
end;
$$;
comment on function app.update_app_client is 'Changes a service client; problems 400, 403 and 404.';
grant execute on function app.update_app_client to authenticated, service_role;
