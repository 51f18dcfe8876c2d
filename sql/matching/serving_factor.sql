-- What the nutrients of a product are multiplied with to be those of one serving. Stated for 100 g: by the serving's
-- weight, and where that is unknown a serving counts as 100 g.
create or replace function app.serving_factor(nutrition_basis text, serving_size text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount numeric;
begin
  if nutrition_basis is distinct from '100g' or serving_size is null then
    return 1;
  end if;
  v_amount := (app.parse_quantity(serving_size)).base_amount;
  return case when v_amount > 0 and v_amount <= 5000 then v_amount / 100 else 1 end;
end;
$$;

comment on function app.serving_factor is 'Factor from the stated nutrients of a product to those of one serving.';
