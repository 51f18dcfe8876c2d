-- Litres to millilitres; a unit in the cell is believed over the operation's name.
create or replace function app.op_l_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'l', 'ml');
end;
$$;

comment on function app.op_l_to_ml(text) is 'Litres to millilitres.';

grant execute on function app.op_l_to_ml(text) to authenticated, service_role;
