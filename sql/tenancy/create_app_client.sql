-- The door to app.create_app_client.
create or replace function public.create_app_client(appwrite_user_id text, name text, permissions text[] default '{}')
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_app_client(
    create_app_client.appwrite_user_id, create_app_client.name, create_app_client.permissions
  );
$$;
comment on function public.create_app_client is
  'Registers a service client with its permissions. Superadmins and the service key only.';
grant execute on function public.create_app_client to authenticated, service_role;
