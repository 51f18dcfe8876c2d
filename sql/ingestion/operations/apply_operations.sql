-- Runs operations on one value, for previews and tests; a list comes out as a JSON array. Bulk work compiles
-- app.operations_expression into its statement instead.
create or replace function app.apply_operations(value text, ops jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_result text;
begin
  execute format(
    case when coalesce(ops -> -1 ->> 'op', ops ->> -1) = 'split' then 'select to_jsonb(%s)::text' else 'select %s' end,
    app.operations_expression(ops, '$1')
  ) into v_result using value;
  return v_result;
end;
$$;

comment on function app.apply_operations(text, jsonb) is 'One value after a list of transform operations.';

grant execute on function app.apply_operations(text, jsonb) to authenticated, service_role;
