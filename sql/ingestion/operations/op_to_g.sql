-- A bare number is already in grams; a cell that names another unit is converted.
create or replace function app.op_to_g(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'g', 'g');
end;
$$;

comment on function app.op_to_g(text) is 'An amount in grams; bare numbers are already.';

grant execute on function app.op_to_g(text) to authenticated, service_role;
