-- Notes an event in the outbox of the running transaction. Internal: called by the functions that change things.
-- Without a super id it belongs to the workflow of the request, where that has one.
create or replace function app.emit_event(vendor_id uuid, event_type text, data jsonb, super_id uuid default null)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id bigint;
  v_event_id uuid;
begin
  insert into app.outbox (vendor_id, event_type, data, super_id)
  values (emit_event.vendor_id, emit_event.event_type, coalesce(emit_event.data, '{}'),
    coalesce(emit_event.super_id, app.given_super_id()))
  returning id, event_id into v_id, v_event_id;
  insert into app.outbox_queue (vendor_id, outbox_id) values (emit_event.vendor_id, v_id);
  return v_event_id;
end;
$$;
comment on function app.emit_event is 'Writes an event to the outbox and returns its event_id.';
