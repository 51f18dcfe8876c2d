-- The inputs of a stored profile as put_customer_health takes them; {} without one. What a file does not speak of is
-- completed from here.
create or replace function app.health_inputs(profile public.customer_health_profiles)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if profile.customer_id is null then
    return '{}';
  end if;
  return jsonb_build_object(
    'height_cm', profile.exact_height_cm,
    'weight_kg', profile.exact_weight_kg,
    'age', profile.age,
    'gender', profile.gender,
    'activity_level', profile.activity_level,
    'conditions', profile.conditions,
    'diet_goals', profile.diet_goals,
    'macro_targets', profile.macro_targets,
    'avoid_allergens', profile.avoid_allergens
  );
end;
$$;

comment on function app.health_inputs is 'Inputs of a health profile as an object.';
