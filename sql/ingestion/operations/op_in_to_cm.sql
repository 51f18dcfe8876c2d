-- Inches to centimetres; a unit in the cell is believed over the operation's name.
create or replace function app.op_in_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'in', 'cm');
end;
$$;

comment on function app.op_in_to_cm(text) is 'Inches to centimetres.';

grant execute on function app.op_in_to_cm(text) to authenticated, service_role;
