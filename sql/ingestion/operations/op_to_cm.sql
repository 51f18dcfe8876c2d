-- A bare number is already in centimetres; a cell that names another unit is converted.
create or replace function app.op_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'cm', 'cm');
end;
$$;

comment on function app.op_to_cm(text) is 'An amount in centimetres; bare numbers are already.';

grant execute on function app.op_to_cm(text) to authenticated, service_role;
