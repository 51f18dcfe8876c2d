-- The vendor's mapping in force; an empty one at version 0 where nothing was saved yet.
create or replace function public.get_ingest_mapping(mode text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_mapping public.vendor_mappings;
begin
  perform app.require_ingest_mode(get_ingest_mapping.mode);
  select m.* into v_mapping from public.vendor_mappings as m
  where m.vendor_id = v_vendor_id and m.mode = get_ingest_mapping.mode
  order by m.version desc
  limit 1;
  return jsonb_build_object(
    'mode', get_ingest_mapping.mode,
    'version', coalesce(v_mapping.version, 0),
    'map', coalesce(v_mapping.map, '{}'),
    'updated_at', v_mapping.updated_at
  );
end;
$$;
comment on function public.get_ingest_mapping is 'The vendor''s header to field map of a mode, with its version.';
grant execute on function public.get_ingest_mapping to authenticated;
