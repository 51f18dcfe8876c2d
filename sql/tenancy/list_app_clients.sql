-- The door to app.list_app_clients.
create or replace function public.list_app_clients(
  active boolean default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_app_clients(list_app_clients.active, list_app_clients.cursor, list_app_clients.page_limit);
$$;
comment on function public.list_app_clients is
  'Service clients by Appwrite id, as {"data", "next_cursor"}; superadmins and the service key only.';
grant execute on function public.list_app_clients to authenticated, service_role;
