-- Removes a service client; the super ids it was given stay on record. Definer, because nobody may write app_clients;
-- superadmins and the service key only.
create or replace function app.delete_app_client(appwrite_user_id text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.get_app_client(delete_app_client.appwrite_user_id);
  delete from public.app_clients as c where c.appwrite_user_id = delete_app_client.appwrite_user_id;
end;
$$;
comment on function app.delete_app_client is 'Removes a service client; problems 403 and 404.';
grant execute on function app.delete_app_client to authenticated, service_role;
