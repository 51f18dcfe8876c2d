-- The vendors the caller may see: every active membership, and the vendor of a break-glass session.
-- Definer, because the policies of vendors and user_links would otherwise ask each other; answers about the caller
-- only.
create or replace function app.member_vendor_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select l.vendor_id
    from public.user_links as l
    where l.user_id = app.current_user_id() and l.status = 'active'
    union
    select app.current_vendor_id() where app.current_vendor_id() is not null
  );
end;
$$;
comment on function app.member_vendor_ids is 'Ids of the vendors the caller belongs to.';
grant execute on function app.member_vendor_ids to authenticated, service_role;
