-- The door to app.get_operations_overview.
create or replace function public.get_operations_overview()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_operations_overview();
$$;
comment on function public.get_operations_overview is
  'Requests of the last hour by minute, queues, jobs, deliveries, lookups, audit chain and firing alerts; counts '
  'alone. For superadmins and the service key.';
grant execute on function public.get_operations_overview to authenticated, service_role;
