-- What is wrong with the single values of a profile: unknown and read-only fields, what is missing, what no body can
-- be.
-- Each refusal names the accepted range, none repeats the value: messages pass through the logs of the database.
create or replace function app.health_input_errors(
  profile jsonb,
  height_cm numeric,
  weight_kg numeric,
  age numeric,
  gender text,
  activity_level text
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  derived constant text[] := array[
    'customer_id', 'bmi', 'bmr', 'tdee_cached', 'derived_limits', 'warnings', 'created_at', 'updated_at', 'updated_by'
  ];
  inputs constant text[] := array[
    'height_cm', 'height', 'weight_kg', 'weight', 'age', 'gender', 'activity_level', 'conditions', 'diet_goals',
    'macro_targets', 'avoid_allergens'
  ];
begin
  return (
    select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail) order by e.pointer), '[]')
    from (
      select
        '/' || app.pointer_token(k.key) as pointer,
        case when k.key = any (derived) then 'read_only' else 'unknown_field' end as code,
        case when k.key = any (derived) then 'is computed here; leave it out'
          else 'is not known here; docs/health.md lists the fields' end as detail
      from jsonb_object_keys(profile) as k (key)
      where k.key <> all (inputs)
      union all
      select '/' || d.pair[2], 'duplicate', format('is the same as %s; send one of them', d.pair[1])
      from (values (array['height_cm', 'height']), (array['weight_kg', 'weight'])) as d (pair)
      where profile ?& d.pair
      union all
      select '/height_cm', case when profile ?| array['height_cm', 'height'] then 'invalid_value' else 'required' end,
        'must be a height: centimetres, "5''11\"", "71 in" or {"value": 180, "unit": "cm"}; accepted: 50 to 272 cm'
      where height_cm is null
      union all
      select '/height_cm', 'out_of_range', 'is not plausible; accepted: 50 to 272 cm'
      where height_cm not between 50 and 272
      union all
      select '/weight_kg', case when profile ?| array['weight_kg', 'weight'] then 'invalid_value' else 'required' end,
        'must be a weight: kilograms, "180 lb", "11 st 4 lb" or {"value": 81.6, "unit": "kg"}; accepted: 2 to 650 kg'
      where weight_kg is null
      union all
      select '/weight_kg', 'out_of_range', 'is not plausible; accepted: 2 to 650 kg'
      where weight_kg not between 2 and 650
      union all
      select '/weight_kg', 'out_of_range', 'is not plausible for this height; accepted: a BMI of 5 to 200'
      where height_cm between 50 and 272 and weight_kg between 2 and 650
        and weight_kg * 10000 / height_cm ^ 2 not between 5 and 200
      union all
      select '/age', case when profile ? 'age' then 'invalid_value' else 'required' end,
        'must be a whole number of years, as long as the customer has no dob; accepted: 0 to 130'
      where age is null or age <> trunc(age)
      union all
      select '/age', 'out_of_range', 'is not plausible; accepted: 0 to 130 years'
      where age not between 0 and 130
      union all
      select '/age', 'out_of_range',
        'is not plausible for this height and weight: Mifflin-St Jeor gives no positive BMR'
      where height_cm between 50 and 272 and weight_kg between 2 and 650 and age between 0 and 130
        and 10 * weight_kg + 6.25 * height_cm - 5 * age - 161 <= 0
      union all
      select '/gender', 'unknown_gender', 'must be male, female, other or unspecified'
      where gender is null
      union all
      select '/activity_level', case when profile ? 'activity_level' then 'unknown_activity' else 'required' end,
        'must be sedentary, light, moderate, very or extra'
      where activity_level is null
    ) as e
  );
end;
$$;

comment on function app.health_input_errors is 'Field errors of the single values of a health profile.';
