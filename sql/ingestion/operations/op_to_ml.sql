-- A bare number is already in millilitres; a cell that names another unit is converted.
create or replace function app.op_to_ml(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'ml', 'ml');
end;
$$;

comment on function app.op_to_ml(text) is 'An amount in millilitres; bare numbers are already.';

grant execute on function app.op_to_ml(text) to authenticated, service_role;
