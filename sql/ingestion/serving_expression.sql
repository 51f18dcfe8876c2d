-- The SQL expression of a serving's weight or volume in g or ml: its own number column, or what the serving's text
-- says.
create or replace function app.serving_expression(mapping jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_quantity text := app.mapped_text(mapping, 'serving_quantity');
  v_text text := app.mapped_text(mapping, 'serving_size');
  v_unit text := coalesce(app.mapped_text(mapping, 'serving_size_unit'), 'null::text');
  v_household text := app.mapped_text(mapping, 'household_serving');
  v_parts text[] := '{}';
begin
  if v_quantity is not null then
    v_parts := v_parts || format('app.serving_amount(%s, ''g'')', v_quantity);
  end if;
  if v_text is not null then
    v_parts := v_parts || format('app.serving_amount(%s, %s)', v_text, v_unit);
  end if;
  if v_household is not null then
    v_parts := v_parts || format('app.serving_amount(%s)', v_household);
  end if;
  if v_parts = '{}' then
    return 'null::numeric';
  end if;
  return 'coalesce(' || array_to_string(v_parts, ', ') || ')';
end;
$$;
comment on function app.serving_expression is 'Expression of a serving in g or ml over the columns of a loaded row.';
