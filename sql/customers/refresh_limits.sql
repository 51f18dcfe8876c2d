-- Brings up to so many stale health profiles up to date, vendor after vendor. A schedule calls it.
create or replace function app.refresh_limits(max_profiles int)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_count int := 0;
begin
  for v_vendor_id in select v.id from public.vendors as v where v.status = 'active' order by v.id loop
    v_count := v_count + app.refresh_stale_limits(v_vendor_id, max_profiles - v_count);
    exit when v_count >= max_profiles;
  end loop;
  return v_count;
end;
$$;
comment on function app.refresh_limits is
  'Brings a bounded number of stale profiles of all vendors up to date; returns how many.';
