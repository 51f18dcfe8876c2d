-- The door to app.delete_connector.
create or replace function public.delete_connector(source text)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_connector(delete_connector.source);
$$;
comment on function public.delete_connector is
  'Removes a connector with its secret and cancels its sync; products stay. For admins.';
grant execute on function public.delete_connector to authenticated;
