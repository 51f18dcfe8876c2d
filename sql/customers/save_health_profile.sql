-- Stores a profile that app.read_health_profile made. One that says nothing new leaves the row alone. Returns the names
-- of what changed, for the audit log: names, never values.
create or replace function app.save_health_profile(profile public.customer_health_profiles)
returns text[]
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  not_compared constant text[] := array['created_at', 'updated_at', 'updated_by', 'exact_height_cm', 'exact_weight_kg'];
  v_old public.customer_health_profiles;
  v_changed text[];
begin
  select h.* into v_old
  from public.customer_health_profiles as h
  where h.vendor_id = profile.vendor_id and h.customer_id = profile.customer_id
  for update;
  profile.created_at := coalesce(v_old.created_at, now());
  profile.updated_at := now();
  profile.updated_by := app.current_user_id();
  select coalesce(array_agg(n.key order by n.key), '{}') into v_changed
  from jsonb_each(to_jsonb(profile) - not_compared) as n
  where n.value is distinct from to_jsonb(v_old) -> n.key;
  if v_old.customer_id is null then
    insert into public.customer_health_profiles select profile.*;
  elsif v_changed <> '{}' then
    update public.customer_health_profiles as h
    set height_cm = profile.height_cm,
        weight_kg = profile.weight_kg,
        exact_height_cm = profile.exact_height_cm,
        exact_weight_kg = profile.exact_weight_kg,
        age = profile.age,
        gender = profile.gender,
        activity_level = profile.activity_level,
        conditions = profile.conditions,
        diet_goals = profile.diet_goals,
        macro_targets = profile.macro_targets,
        avoid_allergens = profile.avoid_allergens,
        bmi = profile.bmi,
        bmr = profile.bmr,
        tdee_cached = profile.tdee_cached,
        derived_limits = profile.derived_limits,
        rules_version = profile.rules_version,
        updated_at = profile.updated_at,
        updated_by = profile.updated_by
    where h.vendor_id = profile.vendor_id and h.customer_id = profile.customer_id;
  end if;
  return v_changed;
end;
$$;

comment on function app.save_health_profile is 'Stores a derived profile; names what changed.';
