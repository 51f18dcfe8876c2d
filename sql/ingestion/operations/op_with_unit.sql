-- Puts a unit behind a bare number, for columns that name their unit in the header; text that says more stays.
create or replace function app.op_with_unit(value text, unit text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return case when value ~ '^\s*[0-9][0-9.,\u00a0 ]*\s*$' then btrim(value) || ' ' || unit else value end;
end;
$$;

comment on function app.op_with_unit(text, text) is 'A bare number with a unit behind it.';

grant execute on function app.op_with_unit(text, text) to authenticated, service_role;
