-- An active membership with this role, whatever was there before.
create or replace function app.ensure_member(vendor_id uuid, user_id uuid, role text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link_id uuid;
begin
  if app.role_rank(ensure_member.role) is null then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('%s is not a role within a vendor.', coalesce(quote_literal(ensure_member.role), 'null')),
      errors => '[{"pointer": "/role", "code": "invalid", "detail": "vendor_viewer, vendor_operator or vendor_admin."}]'
    );
  end if;
  insert into public.user_links as l (vendor_id, user_id, role)
  values (ensure_member.vendor_id, ensure_member.user_id, ensure_member.role)
  on conflict (user_id, vendor_id) do update set role = excluded.role, status = 'active'
  returning l.id into v_link_id;
  return v_link_id;
end;
$$;
comment on function app.ensure_member is 'Id of the membership, made or set to this role and active.';
