-- Ounces to grams; a unit in the cell is believed over the operation's name.
create or replace function app.op_oz_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'oz', 'g');
end;
$$;

comment on function app.op_oz_to_g(text) is 'Ounces to grams.';

grant execute on function app.op_oz_to_g(text) to authenticated, service_role;
