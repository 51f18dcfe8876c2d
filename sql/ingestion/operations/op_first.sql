-- The first element of a list in a cell: "Casino, Alter Eco" -> "Casino".
create or replace function app.op_first(value text, "by" text default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return coalesce((app.op_split(value, "by"))[1], value);
end;
$$;

comment on function app.op_first(text, text) is 'The first element of a list.';

grant execute on function app.op_first(text, text) to authenticated, service_role;
