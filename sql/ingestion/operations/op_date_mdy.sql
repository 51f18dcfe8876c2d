-- A date written as month, day, year (US) in ISO form: 1/5/2024, Jan 5, 2024.
create or replace function app.op_date_mdy(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'mdy');
end;
$$;

comment on function app.op_date_mdy(text) is 'A date written as month, day, year (US), in ISO form.';

grant execute on function app.op_date_mdy(text) to authenticated, service_role;
