-- Upper case.
create or replace function app.op_upper(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return upper(value);
end;
$$;

comment on function app.op_upper(text) is 'Upper case.';

grant execute on function app.op_upper(text) to authenticated, service_role;
