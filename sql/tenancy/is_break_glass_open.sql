-- Whether the break-glass session in the caller's claims is open at this moment: a token may outlive its session.
-- Definer, so that has_role may ask on behalf of anyone; answers about the caller only.
create or replace function app.is_break_glass_open()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_session jsonb := app.open_break_glass_session(app.current_user_id(), app.current_vendor_id());
begin
  return v_session is not null and app.is_platform_admin();
end;
$$;
comment on function app.is_break_glass_open is
  'True when the caller is a superadmin with an open break-glass session for the vendor of this request.';
grant execute on function app.is_break_glass_open to authenticated, service_role;
