-- Lower case.
create or replace function app.op_lower(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return lower(value);
end;
$$;

comment on function app.op_lower(text) is 'Lower case.';

grant execute on function app.op_lower(text) to authenticated, service_role;
