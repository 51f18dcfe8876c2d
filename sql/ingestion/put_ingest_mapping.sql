-- The door to app.put_ingest_mapping for rpc() and the api; answers with the mapping in force.
create or replace function public.put_ingest_mapping(mode text, map jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.put_ingest_mapping(put_ingest_mapping.mode, put_ingest_mapping.map);
  return public.get_ingest_mapping(put_ingest_mapping.mode);
end;
$$;
comment on function public.put_ingest_mapping is
  'Saves the vendor''s mapping of a mode as a new version. Needs vendor_operator.';
grant execute on function public.put_ingest_mapping to authenticated;
