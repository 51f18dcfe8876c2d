-- Fills the derived columns of a profile from its inputs and the rules in force: numbers, limits and the version of the
-- rules. Everything that writes a profile goes through here.
create or replace function app.derive_health_profile(profile public.customer_health_profiles)
returns public.customer_health_profiles
language plpgsql
stable
set search_path = ''
as $$
declare
  v_numbers record;
begin
  v_numbers := app.health_numbers(
    profile.exact_height_cm, profile.exact_weight_kg, profile.age, profile.gender, profile.activity_level
  );
  profile.height_cm := profile.exact_height_cm;
  profile.weight_kg := profile.exact_weight_kg;
  profile.bmi := v_numbers.bmi;
  profile.bmr := v_numbers.bmr;
  profile.tdee_cached := v_numbers.tdee;
  profile.derived_limits := app.combine_diet_rules(
    profile.vendor_id, profile.conditions, profile.macro_targets, v_numbers.tdee, profile.exact_weight_kg, profile.age,
    profile.gender
  );
  profile.rules_version := profile.derived_limits ->> 'rules_version';
  return profile;
end;
$$;

comment on function app.derive_health_profile is 'A profile with its derived columns computed.';
