-- Lets superadmins and the platform itself pass, nobody else. The first line of functions that manage vendors.
create or replace function app.require_platform()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not (app.is_service() or app.has_role('superadmin')) then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => 'Only a superadmin of the platform may do this.',
      hint => 'Ask the operator of the platform.'
    );
  end if;
end;
$$;
comment on function app.require_platform is
  'Problem 403 insufficient-role for everyone but superadmins and the service key.';
grant execute on function app.require_platform to authenticated, service_role;
