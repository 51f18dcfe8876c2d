-- Refuses a list of operations that cannot run: problem 400 naming each unknown operation or argument and the known.
create or replace function app.validate_operations(ops jsonb, pointer text default '/transform_ops')
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_faults jsonb := app.operation_faults(ops, pointer);
begin
  if jsonb_array_length(v_faults) > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => v_faults #>> '{0,detail}',
      errors => v_faults,
      hint => 'See docs/transform_operations.md.'
    );
  end if;
end;
$$;

comment on function app.validate_operations(jsonb, text) is
  'Problem 400 when a list of transform operations cannot run.';

grant execute on function app.validate_operations(jsonb, text) to authenticated, service_role;
