-- The door to app.update_member. What is left null stays as it is.
create or replace function public.update_member(id uuid, role text default null, status text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_member(update_member.id, update_member.role, update_member.status);
$$;
comment on function public.update_member is
  'Changes role or status (active, suspended) of a member; the last active admin stays one. For admins.';
grant execute on function public.update_member to authenticated;
