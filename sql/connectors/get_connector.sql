-- One connector of the caller's vendor.
create or replace function public.get_connector(source text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_connector public.connectors;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = v_vendor_id and c.source = get_connector.source;
  if v_connector.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such connector.');
  end if;
  return app.connector_json(v_connector);
end;
$$;
comment on function public.get_connector is 'A connector without its secret, and where its syncs stand. For operators.';
grant execute on function public.get_connector to authenticated;
