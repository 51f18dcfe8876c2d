-- The door to app.update_app_client. What is left null stays as it is.
create or replace function public.update_app_client(
  appwrite_user_id text,
  name text default null,
  permissions text[] default null,
  active boolean default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_app_client(
    update_app_client.appwrite_user_id,
    update_app_client.name,
    update_app_client.permissions,
    update_app_client.active
  );
$$;
comment on function public.update_app_client is
  'Changes name, permissions or activity of a service client. Superadmins and the service key only.';
grant execute on function public.update_app_client to authenticated, service_role;
