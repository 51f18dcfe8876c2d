-- Whether the caller has at least this role. vendor_* means: in the vendor of this request. A superadmin has none
-- there, except while a break-glass session of theirs for that vendor is open; then they count as its admin.
create or replace function app.has_role(minimum text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_role text := v_claims ->> 'app_role';
begin
  if minimum = 'superadmin' then
    return app.is_platform_admin();
  end if;
  if nullif(v_claims ->> 'vendor_id', '') is null then
    return false;
  end if;
  if v_role = 'superadmin' and app.is_break_glass_open() then
    v_role := 'vendor_admin';
  end if;
  return coalesce(app.role_rank(v_role) >= app.role_rank(minimum), false);
end;
$$;
comment on function app.has_role is
  'True when the caller''s role reaches the minimum: vendor_viewer, vendor_operator, vendor_admin or superadmin.';
grant execute on function app.has_role to authenticated, service_role;
