-- A customer's profile as it holds today: after a birthday, or when a rule it was derived from changed, the derived
-- columns are computed anew and kept. Null without a profile. Internal: its callers check role, consent and audit.
create or replace function app.fresh_health_profile(vendor_id uuid, customer_id uuid)
returns public.customer_health_profiles
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_profile public.customer_health_profiles;
  v_dob date;
begin
  select h.* into v_profile
  from public.customer_health_profiles as h
  where h.vendor_id = fresh_health_profile.vendor_id and h.customer_id = fresh_health_profile.customer_id;
  if not found then
    return null;
  end if;
  select c.dob into v_dob
  from public.customers as c
  where c.vendor_id = fresh_health_profile.vendor_id and c.id = fresh_health_profile.customer_id;
  if v_profile.age is not distinct from coalesce(app.age_on(v_dob), v_profile.age)
    and v_profile.rules_version = app.diet_rules_version(v_profile.vendor_id, v_profile.conditions)
  then
    return v_profile;
  end if;
  v_profile.age := coalesce(app.age_on(v_dob), v_profile.age);
  v_profile := app.derive_health_profile(v_profile);
  update public.customer_health_profiles as h
  set age = v_profile.age,
      bmi = v_profile.bmi,
      bmr = v_profile.bmr,
      tdee_cached = v_profile.tdee_cached,
      derived_limits = v_profile.derived_limits,
      rules_version = v_profile.rules_version,
      updated_at = now()
  where h.vendor_id = v_profile.vendor_id and h.customer_id = v_profile.customer_id
  returning h.* into v_profile;
  return v_profile;
end;
$$;

comment on function app.fresh_health_profile is
  'A customer''s profile with derived columns that hold today; null without one.';
