-- Ends the statement with problem 400 invalid-input when there are field errors; does nothing when there are none.
create or replace function app.refuse_field_errors(errors jsonb)
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_array_length(errors) > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('%s: %s', errors #>> '{0,pointer}', errors #>> '{0,detail}'),
      errors => errors
    );
  end if;
end;
$$;

comment on function app.refuse_field_errors(jsonb) is 'Problem 400 naming the faulty fields, if there are any.';

grant execute on function app.refuse_field_errors(jsonb) to authenticated, service_role;
