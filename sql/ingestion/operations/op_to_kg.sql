-- A bare number is already in kilograms; a cell that names another unit is converted.
create or replace function app.op_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kg', 'kg');
end;
$$;

comment on function app.op_to_kg(text) is 'An amount in kilograms; bare numbers are already.';

grant execute on function app.op_to_kg(text) to authenticated, service_role;
