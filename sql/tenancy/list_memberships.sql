-- The door to app.list_memberships.
create or replace function public.list_memberships()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_memberships();
$$;
comment on function public.list_memberships is
  'The caller''s vendors and open invitations: {data: [{vendor_id, vendor_code, vendor_name, role, status}]}; for '
  'everybody signed in.';
grant execute on function public.list_memberships to authenticated;
