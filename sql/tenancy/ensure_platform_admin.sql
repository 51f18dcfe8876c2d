-- Puts a user into the registry of superadmins. Not reachable over HTTP.
create or replace function app.ensure_platform_admin(user_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.platform_admins (user_id, created_by)
  values (ensure_platform_admin.user_id, app.current_user_id())
  on conflict on constraint platform_admins_pkey do nothing;
end;
$$;
comment on function app.ensure_platform_admin is 'Makes a user a superadmin, if they are not one already.';
