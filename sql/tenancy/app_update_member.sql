-- Changes role or status of a member of the caller's vendor. Definer, because it writes user_links.
create or replace function app.update_member(id uuid, role text, status text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_link public.user_links;
begin
  perform app.check_member_input(update_member.role, update_member.status);
  v_link := app.lock_member(v_vendor_id, update_member.id);
  perform app.refuse_own_membership(v_link.user_id);
  if v_link.status = 'invited' and update_member.status is not null then
    perform app.raise_problem(
      status => 409,
      type => 'conflict',
      detail => 'They have not accepted the invitation yet.',
      hint => 'Only they can accept it; remove the member to withdraw it.'
    );
  end if;
  if coalesce(update_member.role, v_link.role) <> 'vendor_admin' or update_member.status = 'suspended' then
    perform app.require_another_admin(v_link);
  end if;
  update public.user_links as l
  set role = coalesce(update_member.role, l.role),
      status = coalesce(update_member.status, l.status)
  where l.id = v_link.id
    and (l.role, l.status) is distinct from
      (coalesce(update_member.role, l.role), coalesce(update_member.status, l.status))
  returning l.* into v_link;
  if v_link.id is null then
    v_link := app.lock_member(v_vendor_id, update_member.id);
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.update_member is 'Changes role or status of a member; problems 400, 403, 404, 409 last-admin.';
grant execute on function app.update_member to authenticated;
