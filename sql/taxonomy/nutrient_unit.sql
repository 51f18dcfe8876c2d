-- The unit a nutrient key is counted in, which is the end of the key: sodium_mg -> mg, calories -> kcal.
create or replace function app.nutrient_unit(key text)
returns text
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select case nutrient_unit.key when 'calories' then 'kcal' else substring(nutrient_unit.key from '_(g|mg|mcg)$') end;
$$;

comment on function app.nutrient_unit(text) is 'The unit of a nutrient key: kcal, g, mg or mcg.';

grant execute on function app.nutrient_unit(text) to authenticated, service_role;
