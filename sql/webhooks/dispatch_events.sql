-- Turns events of the outbox into deliveries, oldest first. One worker at a time does it, so that order holds; the
-- others find nothing to do. Called by the worker before each claim. The planner is kept to the indexes, since
-- statistics lag behind a queue.
create or replace function app.dispatch_events(most int)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  v_events app.outbox[];
begin
  -- The common case is an empty outbox; it costs one look into a small index.
  if not exists (select from app.outbox as o where o.dispatched_at is null) or not app.lock_webhook_queue(false) then
    return 0;
  end if;
  select array_agg(x.o order by (x.o).id) into v_events
  from (
    select o from app.outbox as o where o.dispatched_at is null order by o.id limit dispatch_events.most
  ) as x;
  if v_events is null then
    return 0;
  end if;
  perform app.queue_deliveries(v_events);
  update app.outbox as o
  set dispatched_at = clock_timestamp()
  where o.id = any (array(select (e).id from unnest(v_events) as e));
  return cardinality(v_events);
end;
$$;
comment on function app.dispatch_events is
  'Makes the deliveries of up to so many waiting events; returns how many it took.';
