-- Stops what would leave a vendor without an active admin. Called under app.lock_member, so nobody changes the list in
-- between.
create or replace function app.require_another_admin(link public.user_links)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if link.role = 'vendor_admin' and link.status = 'active' and not exists (
    select from public.user_links as l
    where l.vendor_id = link.vendor_id
      and l.role = 'vendor_admin'
      and l.status = 'active'
      and l.id <> link.id
  ) then
    perform app.raise_problem(
      status => 409,
      type => 'last-admin',
      detail => 'This is the last active admin of the vendor.',
      hint => 'Make another member vendor_admin first.'
    );
  end if;
end;
$$;
comment on function app.require_another_admin is 'Problem 409 last-admin unless the vendor has another active admin.';
