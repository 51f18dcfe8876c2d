-- Puts fixed text before or after a value; a blank value stays as it is.
create or replace function app.op_concat(value text, before text default '', after text default '')
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  if value !~ '\S' then
    return value;
  end if;
  return coalesce(before, '') || value || coalesce(after, '');
end;
$$;

comment on function app.op_concat(text, text, text) is 'Puts fixed text before or after a value that is not blank.';

grant execute on function app.op_concat(text, text, text) to authenticated, service_role;
