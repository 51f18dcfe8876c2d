-- The door to app.get_app_client.
create or replace function public.get_app_client(appwrite_user_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_app_client(get_app_client.appwrite_user_id);
$$;
comment on function public.get_app_client is
  'A service client; problem 404 when there is none. Superadmins and the service key only.';
grant execute on function public.get_app_client to authenticated, service_role;
