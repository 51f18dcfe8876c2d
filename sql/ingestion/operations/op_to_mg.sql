-- A bare number is already in milligrams; a cell that names another unit is converted.
create or replace function app.op_to_mg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mg', 'mg');
end;
$$;

comment on function app.op_to_mg(text) is 'An amount in milligrams; bare numbers are already.';

grant execute on function app.op_to_mg(text) to authenticated, service_role;
