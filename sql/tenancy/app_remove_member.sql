-- Ends a membership, or withdraws an invitation. Definer, because it writes user_links.
create or replace function app.remove_member(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_link public.user_links := app.lock_member(v_vendor_id, remove_member.id);
begin
  perform app.require_another_admin(v_link);
  delete from public.user_links as l where l.id = v_link.id;
end;
$$;
comment on function app.remove_member is 'Removes a member of the caller''s vendor; problems 403, 404, 409 last-admin.';
grant execute on function app.remove_member to authenticated;
