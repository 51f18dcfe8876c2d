-- What a list of operations multiplies a bare number by, or null where it does anything else to it. The text fast path
-- of app.nutrient_expression; held to the operations themselves by a test.
create or replace function app.linear_factor(ops jsonb)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_factor numeric := 1;
  v_step jsonb;
begin
  for v_step in select e.step from jsonb_array_elements(ops) as e (step) loop
    if jsonb_typeof(v_step) = 'object' and v_step ->> 'op' = 'scale' then
      v_factor := v_factor * (v_step ->> 'by')::numeric;
      continue;
    end if;
    v_factor := v_factor * case v_step #>> '{}'
      when 'trim' then 1
      when 'collapse_blanks' then 1
      when 'parse_number' then 1
      when 'to_g' then 1
      when 'to_mg' then 1
      when 'to_mcg' then 1
      when 'to_kcal' then 1
      when 'g_to_mg' then 1000
      when 'g_to_mcg' then 1000000
      when 'mg_to_mcg' then 1000
      when 'mg_to_g' then 0.001
      when 'mcg_to_mg' then 0.001
      when 'mcg_to_g' then 0.000001
      when 'salt_to_sodium' then 0.4
    end;
  end loop;
  return v_factor;
end;
$$;
comment on function app.linear_factor is 'The factor of operations that only multiply a bare number; null otherwise.';
