-- A bare number is already in micrograms; a cell that names another unit is converted.
create or replace function app.op_to_mcg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.convert_amount(value, 'mcg', 'mcg');
end;
$$;

comment on function app.op_to_mcg(text) is 'An amount in micrograms; bare numbers are already.';

grant execute on function app.op_to_mcg(text) to authenticated, service_role;
