-- Tells the outbox of changes of memberships, whoever makes them. Ids and roles; no names, no addresses.
create or replace function app.emit_member_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_link public.user_links := case when tg_op = 'DELETE' then old else new end;
begin
  if tg_op = 'UPDATE' and (old.role, old.status) is not distinct from (new.role, new.status) then
    return null;
  end if;
  -- With its vendor goes everything that could be told.
  if tg_op = 'DELETE' and not exists (select from public.vendors as v where v.id = v_link.vendor_id) then
    return null;
  end if;
  perform app.emit_event(
    v_link.vendor_id,
    case tg_op when 'INSERT' then 'member.added' when 'UPDATE' then 'member.updated' else 'member.removed' end,
    jsonb_build_object(
      'member_id', v_link.id, 'user_id', v_link.user_id, 'role', v_link.role, 'status', v_link.status
    )
  );
  return null;
end;
$$;
comment on function app.emit_member_event is
  'After-row trigger of user_links: member.added, member.updated, member.removed.';

create trigger emit_member_event_trigger
after insert or update or delete on public.user_links
for each row execute function app.emit_member_event();
