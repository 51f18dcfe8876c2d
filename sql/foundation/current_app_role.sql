-- The caller's role in the product, not the database role.
create or replace function app.current_app_role()
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.current_claims() ->> 'app_role';
end;
$$;
comment on function app.current_app_role is
  'vendor_viewer, vendor_operator, vendor_admin, superadmin, client, or null.';
grant execute on function app.current_app_role to authenticated, service_role;
