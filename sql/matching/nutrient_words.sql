-- How a nutrient is spoken of: sodium_mg is sodium, in mg.
create or replace function app.nutrient_words(nutrient text, out name text, out unit text)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- No regular expressions: an answer speaks of a hundred nutrients.
  unit := case when nutrient = 'calories' then 'kcal' else split_part(nutrient, '_', -1) end;
  name := case nutrient
    when 'calories' then 'energy'
    when 'sat_fat_g' then 'saturated fat'
    when 'carbs_g' then 'carbohydrate'
    else replace(left(nutrient, -length(unit) - 1), '_', ' ')
  end;
end;
$$;

comment on function app.nutrient_words is 'Name and unit of a nutrient in plain words.';
