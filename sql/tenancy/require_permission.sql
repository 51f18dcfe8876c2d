-- Stops a caller who lacks a permission with problem 403.
create or replace function app.require_permission(permission text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not app.has_permission(permission) then
    perform app.raise_problem(
      status => 403,
      type => 'missing-permission',
      detail => format('This needs the permission %s.', permission),
      hint => 'Ask the operator to add it to your service client.'
    );
  end if;
end;
$$;
comment on function app.require_permission is 'Problem 403 missing-permission unless the caller has the permission.';
grant execute on function app.require_permission to authenticated, service_role;
