-- A date written as year, month, day in ISO form: 2024-1-5, 20240105, 2024-01-05T10:00:00Z.
create or replace function app.op_date_iso(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return app.parse_date(value, 'ymd');
end;
$$;

comment on function app.op_date_iso(text) is 'A date written as year, month, day, in ISO form.';

grant execute on function app.op_date_iso(text) to authenticated, service_role;
