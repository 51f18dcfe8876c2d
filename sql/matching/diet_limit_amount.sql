-- The amount a day that one entry of a policy means for one person, exact. An entry says it in one way: `amount`,
-- `percent_of_energy`, `per_1000_kcal`, `per_kg` or, for energy, `plus_tdee`; `at_least` is a lower bound.
-- Null when the entry is not about this person (genders, min_age, max_age).
create or replace function app.diet_limit_amount(entry jsonb, tdee numeric, weight_kg numeric, age int, gender text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount numeric;
begin
  if age < (entry ->> 'min_age')::int or age > (entry ->> 'max_age')::int
    or (entry ? 'genders' and not entry -> 'genders' ? gender)
  then
    return null;
  end if;
  v_amount := case
    when entry ? 'amount' then (entry ->> 'amount')::numeric
    when entry ? 'percent_of_energy' then
      tdee * (entry ->> 'percent_of_energy')::numeric / 100 / app.energy_per_gram(entry ->> 'nutrient')
    when entry ? 'per_1000_kcal' then tdee * (entry ->> 'per_1000_kcal')::numeric / 1000
    when entry ? 'per_kg' then weight_kg * (entry ->> 'per_kg')::numeric
    when entry ? 'plus_tdee' then tdee + (entry ->> 'plus_tdee')::numeric
  end;
  return greatest(v_amount, coalesce((entry ->> 'at_least')::numeric, 0));
end;
$$;

comment on function app.diet_limit_amount is
  'Daily amount of one policy entry for one person; null when it is not about them.';
