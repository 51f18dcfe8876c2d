-- The order of the roles within a vendor. Null for anything that is not one.
create or replace function app.role_rank(role text)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return array_position(array['vendor_viewer', 'vendor_operator', 'vendor_admin'], role_rank.role);
end;
$$;
comment on function app.role_rank is '1 vendor_viewer, 2 vendor_operator, 3 vendor_admin, else null.';
grant execute on function app.role_rank to authenticated, service_role;
