-- Derives anew up to so many profiles of a vendor whose rules changed, so that not every one waits for its next read.
-- Returns how many it did; call it until it returns 0. Rows that somebody is writing are left to them.
create or replace function app.refresh_stale_limits(vendor_id uuid, max_profiles int default 500)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_customer_id uuid;
  v_count int := 0;
begin
  for v_customer_id in
    with known as materialized (
      select distinct h.conditions, h.rules_version
      from public.customer_health_profiles as h
      where h.vendor_id = refresh_stale_limits.vendor_id
    ),
    stale as materialized (
      select k.conditions, k.rules_version
      from known as k
      where k.rules_version <> app.diet_rules_version(refresh_stale_limits.vendor_id, k.conditions)
    )
    select h.customer_id
    from public.customer_health_profiles as h
    inner join stale as s on s.rules_version = h.rules_version and s.conditions = h.conditions
    where h.vendor_id = refresh_stale_limits.vendor_id
    limit refresh_stale_limits.max_profiles
    for update of h skip locked
  loop
    perform app.fresh_health_profile(refresh_stale_limits.vendor_id, v_customer_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function app.refresh_stale_limits is
  'Brings a bounded number of stale profiles of a vendor up to date; returns how many.';
grant execute on function app.refresh_stale_limits to service_role;
