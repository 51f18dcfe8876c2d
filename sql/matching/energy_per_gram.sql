-- Kilocalories in a gram of a nutrient (Atwater's general factors); 1 for energy itself, null for what has none.
create or replace function app.energy_per_gram(nutrient text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when nutrient = 'calories' then 1
    when nutrient in ('protein_g', 'carbs_g', 'sugar_g', 'added_sugar_g') then 4
    when nutrient = 'alcohol_g' then 7
    when nutrient like '%fat_g' then 9
  end;
end;
$$;

comment on function app.energy_per_gram is 'kcal per gram of a nutrient, by Atwater''s general factors.';
