-- The last element of a list in a cell: "Snacks, Chocolates" -> "Chocolates".
create or replace function app.op_last(value text, "by" text default null)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  v_parts := app.op_split(value, "by");
  return coalesce(v_parts[cardinality(v_parts)], value);
end;
$$;

comment on function app.op_last(text, text) is 'The last element of a list.';

grant execute on function app.op_last(text, text) to authenticated, service_role;
