-- Refuses a word that is none of those there are, as the HTTP layer does: a list filtered by one would be empty, and
-- look as if there were nothing. Null means "not given" and passes.
create or replace function app.check_choice(field text, given text, choices text[])
returns void
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_detail text;
begin
  if given <> all (choices) then
    v_detail := 'must be one of ' || array_to_string(choices, ', ');
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('/%s %s.', field, v_detail),
      errors => jsonb_build_array(
        jsonb_build_object('pointer', '/' || field, 'code', 'invalid_value', 'detail', v_detail)
      )
    );
  end if;
end;
$$;
comment on function app.check_choice is 'Problem 400 for a word that is none of the choices; null passes.';
grant execute on function app.check_choice to authenticated, service_role;
