-- What is wrong with the values of a service client, all faults at once; null means: not given.
create or replace function app.check_app_client_input(name text, permissions text[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/name', '1 to 200 characters, not blank.',
        btrim(check_app_client_input.name) <> '' and char_length(check_app_client_input.name) <= 200
      ),
      (
        '/permissions', 'A list of super_id:generate and super_id:read.',
        check_app_client_input.permissions <@ array['super_id:generate', 'super_id:read']
      )
  ) as e (pointer, detail, holds)
  where e.holds is false;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The service client cannot be kept like this.', v_errors);
  end if;
end;
$$;
comment on function app.check_app_client_input is 'Problem 400 that names /name or /permissions of a service client.';
