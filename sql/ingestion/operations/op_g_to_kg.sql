-- Grams to kilograms; a unit in the cell is believed over the operation's name.
create or replace function app.op_g_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'kg');
end;
$$;

comment on function app.op_g_to_kg(text) is 'Grams to kilograms.';

grant execute on function app.op_g_to_kg(text) to authenticated, service_role;
