-- Whether the caller is in the registry of superadmins now, whatever an older token says.
-- Definer, so that policies may ask without reading the registry themselves; answers about the caller only.
create or replace function app.is_platform_admin()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from public.platform_admins as a where a.user_id = app.current_user_id());
end;
$$;
comment on function app.is_platform_admin is 'True when the caller is a superadmin of the platform.';
grant execute on function app.is_platform_admin to authenticated, service_role;
