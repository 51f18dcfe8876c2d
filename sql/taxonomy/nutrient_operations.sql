-- The operations that bring a nutrient column into its key's unit; null when the unit does not fit the nutrient.
-- International units count 0.025 mcg of vitamin D, 0.3 mcg of vitamin A (retinol) and 0.67 mg of vitamin E.
create or replace function app.nutrient_operations(key text, unit text)
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select case
    when nutrient_operations.unit = 'iu' then
      (
        select jsonb_build_array(jsonb_build_object('op', 'scale', 'by', i.factor))
        from (values ('vitamin_d_mcg', 0.025), ('vitamin_a_mcg', 0.3), ('vitamin_e_mg', 0.67)) as i (key, factor)
        where i.key = nutrient_operations.key
      )
    when coalesce(nutrient_operations.unit, k.unit) = k.unit then jsonb_build_array('to_' || k.unit)
    when nutrient_operations.unit in ('kj', 'kcal') or k.unit = 'kcal' then
      case when k.unit = 'kcal' and nutrient_operations.unit = 'kj' then jsonb '["kj_to_kcal"]' end
    else jsonb_build_array(nutrient_operations.unit || '_to_' || k.unit)
  end
  from (select app.nutrient_unit(nutrient_operations.key) as unit) as k;
$$;

comment on function app.nutrient_operations(text, text) is
  'Operations from a stated unit to the unit of a nutrient key.';

grant execute on function app.nutrient_operations(text, text) to authenticated, service_role;
