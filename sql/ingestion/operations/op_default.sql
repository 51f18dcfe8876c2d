-- The one operation that makes something of nothing: a fixed value for a null or blank cell.
create or replace function app.op_default(value text, "with" text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if value is null or value !~ '\S' then
    return "with";
  end if;
  return value;
end;
$$;

comment on function app.op_default(text, text) is 'A fixed value where the cell is null or blank.';

grant execute on function app.op_default(text, text) to authenticated, service_role;
