-- A connector of a vendor by its source, locked against others who would change it; problem 404.
create or replace function app.find_connector(vendor_id uuid, source text)
returns public.connectors
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connector public.connectors;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = find_connector.vendor_id and c.source = find_connector.source
  for no key update;
  if v_connector.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such connector.');
  end if;
  return v_connector;
end;
$$;
comment on function app.find_connector is 'Locks a vendor''s connector, or raises problem 404.';
