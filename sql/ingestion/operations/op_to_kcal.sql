-- A bare number is already in kilocalories; a cell that names another unit is converted.
create or replace function app.op_to_kcal(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'kcal', 'kcal');
end;
$$;

comment on function app.op_to_kcal(text) is 'An amount in kilocalories; bare numbers are already.';

grant execute on function app.op_to_kcal(text) to authenticated, service_role;
