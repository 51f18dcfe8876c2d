-- A profile as a caller or a file gives it becomes a row with everything derived, or a list of field errors. dob beats
-- age; gender and age fall back on the customer's own.
create or replace function app.read_health_profile(
  customer public.customers,
  given jsonb,
  out profile public.customer_health_profiles,
  out errors jsonb
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_age numeric;
  v_conditions record;
  v_goals record;
  v_allergens record;
  v_targets record;
begin
  if jsonb_typeof(given) is distinct from 'object' then
    errors := jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object'));
    return;
  end if;
  given := jsonb_strip_nulls(given);
  profile.vendor_id := customer.vendor_id;
  profile.customer_id := customer.id;
  profile.exact_height_cm := app.read_measure(coalesce(given -> 'height_cm', given -> 'height'), 'cm');
  profile.exact_weight_kg := app.read_measure(coalesce(given -> 'weight_kg', given -> 'weight'), 'kg');
  v_age := coalesce(
    app.age_on(customer.dob),
    case when given ? 'age'
      then case when jsonb_typeof(given -> 'age') = 'number' then (given ->> 'age')::numeric end else customer.age end
  );
  profile.gender := case when given ? 'gender'
    then app.value_code(customer.vendor_id, 'gender', given -> 'gender') else customer.gender end;
  profile.activity_level := app.value_code(customer.vendor_id, 'activity', given -> 'activity_level');
  errors := app.health_input_errors(
    given, profile.exact_height_cm, profile.exact_weight_kg, v_age, profile.gender, profile.activity_level
  );

  v_conditions := app.read_health_codes(customer.vendor_id, given, 'conditions', 'condition', false);
  v_goals := app.read_health_codes(customer.vendor_id, given, 'diet_goals', 'diet', true);
  v_allergens := app.read_health_codes(customer.vendor_id, given, 'avoid_allergens', 'allergen', false);
  v_targets := app.read_macro_targets(customer.vendor_id, given -> 'macro_targets');
  profile.conditions := v_conditions.codes;
  profile.diet_goals := v_goals.codes;
  profile.avoid_allergens := v_allergens.codes;
  profile.macro_targets := v_targets.targets;
  errors := errors || v_conditions.errors || v_goals.errors || v_allergens.errors || v_targets.errors;
  if errors = '[]' then
    profile.age := v_age;
    profile := app.derive_health_profile(profile);
  end if;
end;
$$;

comment on function app.read_health_profile is 'Inputs of a health profile as a whole row, or their field errors.';
