-- What the requirements derive from measures, exact; the columns round it once. BMR by Mifflin-St Jeor (1990): the
-- equations for women and men differ in one constant, and for `other` and `unspecified` their mean is taken.
create or replace function app.health_numbers(
  height_cm numeric,
  weight_kg numeric,
  age int,
  gender text,
  activity_level text,
  out bmi numeric,
  out bmr numeric,
  out tdee numeric
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  bmi := weight_kg * 10000 / (height_cm * height_cm);
  bmr := 10 * weight_kg + 6.25 * height_cm - 5 * age
    + case gender when 'male' then 5 when 'female' then -161 else -78 end;
  tdee := bmr * case activity_level
    when 'sedentary' then 1.2
    when 'light' then 1.375
    when 'moderate' then 1.55
    when 'very' then 1.725
    when 'extra' then 1.9
  end;
end;
$$;

comment on function app.health_numbers is 'BMI, BMR (Mifflin-St Jeor) and TDEE, not rounded.';
