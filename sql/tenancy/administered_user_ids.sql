-- The people an admin may see: everyone linked to the vendor of this request, except those who have not accepted their
-- invitation (else inviting a stranger would tell their address). Empty for all other callers.
-- Definer for the same reason as member_vendor_ids.
create or replace function app.administered_user_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not app.has_role('vendor_admin') then
    return '{}';
  end if;
  return array(
    select l.user_id
    from public.user_links as l
    where l.vendor_id = app.current_vendor_id() and l.status <> 'invited'
  );
end;
$$;
comment on function app.administered_user_ids is
  'Ids of the users linked to the caller''s vendor, when the caller is its admin.';
grant execute on function app.administered_user_ids to authenticated, service_role;
