-- How a nutrient is spoken of: sodium_mg is sodium, in mg.
create or replace function app.nutrient_words(nutrient text, out name text, out unit text)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  unit := case when nutrient = 'calories' then 'kcal' else substring(nutrient from '_(m?c?g)$') end;
  name := case nutrient
    when 'calories' then 'energy'
    when 'sat_fat_g' then 'saturated fat'
    when 'carbs_g' then 'carbohydrate'
    else replace(regexp_replace(nutrient, '_m?c?g$', ''), '_', ' ')
  end;
end;
$$;

comment on function app.nutrient_words is 'Name and unit of a nutrient in plain words.';
