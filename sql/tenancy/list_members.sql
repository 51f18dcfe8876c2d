-- The door to app.list_members.
create or replace function public.list_members(
  role text default null,
  status text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_members(list_members.role, list_members.status, list_members.cursor, list_members.page_limit);
$$;
comment on function public.list_members is
  'Members of the caller''s vendor, oldest first, as {"data", "next_cursor"}; for its admins.';
grant execute on function public.list_members to authenticated;
