-- Registers a service client, or gives it exactly these permissions and lets it in again.
create or replace function app.ensure_app_client(appwrite_user_id text, name text, permissions text[])
returns text
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.app_clients (appwrite_user_id, name, permissions)
  values (ensure_app_client.appwrite_user_id, ensure_app_client.name, ensure_app_client.permissions)
  on conflict on constraint app_clients_pkey do update
  set name = excluded.name, permissions = excluded.permissions, active = true;
  return appwrite_user_id;
end;
$$;
comment on function app.ensure_app_client is 'Makes or updates an active service client; returns its Appwrite id.';
