-- Invites an Appwrite user into the caller's vendor. They come in when they accept: joining unasked would make their
-- requests to their own vendor ambiguous. Somebody who is known keeps their own email and name. Definer, because it
-- writes users and user_links.
create or replace function app.invite_member(appwrite_user_id text, role text, email text, display_name text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_user_id uuid;
  v_link public.user_links;
begin
  if invite_member.appwrite_user_id is null
    or invite_member.appwrite_user_id !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' then
    perform app.raise_problem(
      400, 'invalid-input', 'The member cannot be invited like this.',
      '[{"pointer": "/appwrite_user_id", "code": "invalid", "detail": "The id of an Appwrite user."}]'
    );
  end if;
  perform app.check_member_input(coalesce(invite_member.role, ''));
  insert into public.users (appwrite_user_id, email, display_name)
  values (invite_member.appwrite_user_id, invite_member.email, invite_member.display_name)
  on conflict (appwrite_user_id) do nothing;
  select u.id into strict v_user_id from public.users as u where u.appwrite_user_id = invite_member.appwrite_user_id;
  perform app.refuse_own_membership(v_user_id);

  insert into public.user_links as l (user_id, vendor_id, role, status)
  values (v_user_id, v_vendor_id, invite_member.role, 'invited')
  on conflict (user_id, vendor_id) do update set role = excluded.role
  where l.status = 'invited'
  returning l.* into v_link;
  if v_link.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'They are a member of your vendor already.',
      errors => '[{"pointer": "/appwrite_user_id", "code": "taken", "detail": "A member has this id."}]',
      hint => 'Change role or status of the member instead.'
    );
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.invite_member is
  'Invites a user, or changes the role in an open invitation; problems 400, 403, 409.';
grant execute on function app.invite_member to authenticated;
