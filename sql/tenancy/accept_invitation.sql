-- Makes an invitation a membership. Named by Appwrite id and called as the owner, since who was only invited gets no
-- claims yet. Problem 404 when nobody invited them there.
create or replace function app.accept_invitation(appwrite_user_id text, vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link public.user_links;
begin
  update public.user_links as l
  set status = 'active'
  from public.users as u
  where u.appwrite_user_id = accept_invitation.appwrite_user_id
    and l.user_id = u.id
    and l.vendor_id = accept_invitation.vendor_id
    and l.status = 'invited'
  returning l.* into v_link;
  if v_link.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no open invitation of yours into this vendor.');
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.accept_invitation is
  'Turns the user''s open invitation into an active membership; problem 404.';
