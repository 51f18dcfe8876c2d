-- One membership of the caller's vendor, for a change to it; problem 404 when it is not there, or elsewhere. Changes of
-- one vendor's members follow each other: that is what makes "the last admin stays" exact.
create or replace function app.lock_member(vendor_id uuid, id uuid)
returns public.user_links
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link public.user_links;
begin
  perform pg_advisory_xact_lock(hashtextextended(format('members of %s', lock_member.vendor_id), 0));
  select l.* into v_link
  from public.user_links as l
  where l.vendor_id = lock_member.vendor_id and l.id = lock_member.id
  for update;
  if v_link.id is null then
    perform app.raise_problem(404, 'not-found', 'Your vendor has no such member.');
  end if;
  return v_link;
end;
$$;
comment on function app.lock_member is
  'The membership, locked together with its vendor''s list of members; problem 404.';
