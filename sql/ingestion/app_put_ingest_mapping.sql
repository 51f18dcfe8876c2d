-- Saves a mapping as the next version; the same map again changes nothing. Definer, because members have no grant to
-- write mappings; the caller must be an operator, and every field and operation must be known.
create or replace function app.put_ingest_mapping(mode text, map jsonb)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_last public.vendor_mappings;
begin
  perform app.require_ingest_mode(put_ingest_mapping.mode);
  perform app.validate_ingest_mapping(put_ingest_mapping.mode, put_ingest_mapping.map, '/map');
  -- Two writers would pick the same version; the row of the vendor makes them wait for each other.
  perform from public.vendors as v where v.id = v_vendor_id for no key update;
  select m.* into v_last from public.vendor_mappings as m
  where m.vendor_id = v_vendor_id and m.mode = put_ingest_mapping.mode
  order by m.version desc
  limit 1;
  if v_last.map = put_ingest_mapping.map then
    return;
  end if;
  insert into public.vendor_mappings (vendor_id, mode, map, version, created_by)
  values (v_vendor_id, put_ingest_mapping.mode, put_ingest_mapping.map, coalesce(v_last.version, 0) + 1,
  app.current_user_id());
end;
$$;
comment on function app.put_ingest_mapping is 'Checks and saves a vendor''s mapping as its next version.';
grant execute on function app.put_ingest_mapping to authenticated;
