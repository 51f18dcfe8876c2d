-- The door to app.remove_member.
create or replace function public.remove_member(id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.remove_member(remove_member.id);
$$;
comment on function public.remove_member is
  'Ends a membership or withdraws an invitation; the last active admin cannot be removed. For admins.';
grant execute on function public.remove_member to authenticated;
