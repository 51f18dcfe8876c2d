-- The door to app.invite_member.
create or replace function public.invite_member(
  appwrite_user_id text,
  role text,
  email text default null,
  display_name text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.invite_member(
    invite_member.appwrite_user_id, invite_member.role, invite_member.email, invite_member.display_name
  );
$$;
comment on function public.invite_member is
  'Invites an Appwrite user into the caller''s vendor; they come in once they accept. For its admins.';
grant execute on function public.invite_member to authenticated;
