-- The one shape of a health profile in answers.
create or replace function app.health_json(profile public.customer_health_profiles, given_age numeric default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'customer_id', profile.customer_id,
    'height_cm', profile.height_cm,
    'weight_kg', profile.weight_kg,
    'age', profile.age,
    'gender', profile.gender,
    'activity_level', profile.activity_level,
    'conditions', profile.conditions,
    'diet_goals', profile.diet_goals,
    'macro_targets', profile.macro_targets,
    'avoid_allergens', profile.avoid_allergens,
    'bmi', profile.bmi,
    'bmr', profile.bmr,
    'tdee_cached', profile.tdee_cached,
    'derived_limits', profile.derived_limits,
    'warnings', app.health_warnings(profile, given_age),
    'created_at', to_char(profile.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(profile.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_by', profile.updated_by
  );
end;
$$;

comment on function app.health_json is 'A health profile as answers show it.';
