-- The door to app.delete_app_client.
create or replace function public.delete_app_client(appwrite_user_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_app_client(delete_app_client.appwrite_user_id);
$$;
comment on function public.delete_app_client is
  'Removes a service client. Superadmins and the service key only.';
grant execute on function public.delete_app_client to authenticated, service_role;
