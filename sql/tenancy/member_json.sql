-- One membership as the API shows it. Who has not accepted yet is shown by their Appwrite id alone: an invitation must
-- not tell an admin the name or address of a stranger.
create or replace function app.member_json(link public.user_links)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', link.id,
      'user_id', link.user_id,
      'appwrite_user_id', u.appwrite_user_id,
      'email', case when link.status <> 'invited' then u.email end,
      'display_name', case when link.status <> 'invited' then u.display_name end,
      'role', link.role,
      'status', link.status,
      'created_at', link.created_at,
      'updated_at', link.updated_at
    )
    from public.users as u
    where u.id = link.user_id
  );
end;
$$;
comment on function app.member_json is
  'A membership: {id, user_id, appwrite_user_id, email, display_name, role, status, created_at, updated_at}.';
