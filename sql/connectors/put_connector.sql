-- The door to app.put_connector.
create or replace function public.put_connector(source text, config jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.put_connector(put_connector.source, put_connector.config);
$$;
comment on function public.put_connector is
  'Makes a connector of the caller''s vendor or replaces its configuration; docs/connectors.md. For admins.';
grant execute on function public.put_connector to authenticated;
