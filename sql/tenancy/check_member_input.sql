-- Refuses a role or status that no membership can be given; null means "not given" and passes.
create or replace function app.check_member_input(role text, status text default null)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/role', 'vendor_viewer, vendor_operator or vendor_admin.',
        check_member_input.role is null or app.role_rank(check_member_input.role) is not null
      ),
      (
        '/status', 'active or suspended.',
        check_member_input.status is null or check_member_input.status in ('active', 'suspended')
      )
  ) as e (pointer, detail, holds)
  where not e.holds;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The membership cannot be like this.', v_errors);
  end if;
end;
$$;
comment on function app.check_member_input is 'Problem 400 for a role or status that a membership cannot have.';
