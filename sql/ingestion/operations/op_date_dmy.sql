-- A date written as day, month, year (Europe) in ISO form: 5/1/2024, 5. Januar 2024.
create or replace function app.op_date_dmy(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'dmy');
end;
$$;

comment on function app.op_date_dmy(text) is 'A date written as day, month, year (Europe), in ISO form.';

grant execute on function app.op_date_dmy(text) to authenticated, service_role;
