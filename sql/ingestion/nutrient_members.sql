-- The SQL expression of a JSON object with every nutrient whose field starts with `prefix`, scaled by `factor` (an
-- expression); members without a value are left out, and an object without members is null. Null when none is mapped.
create or replace function app.nutrient_members(mapping jsonb, prefix text, factor text)
returns text
language sql
stable
set search_path = ''
as $$
  select 'nullif(jsonb_strip_nulls(jsonb_build_object(' || string_agg(
    format('%L, %s',
      substr(f.field, length(nutrient_members.prefix) + 1),
      app.nutrient_expression(nutrient_members.mapping, f.field, nutrient_members.factor)
    ), ', ' order by f.field
  ) || ')), ''{}'')'
  from jsonb_object_keys(nutrient_members.mapping -> 'fields') as f (field)
  where starts_with(f.field, nutrient_members.prefix);
$$;
comment on function app.nutrient_members is 'Expression of a JSON object of mapped nutrients.';
