-- Turns events of the outbox into deliveries, oldest first. One worker at a time does it, so that order holds; the
-- others find nothing to do. The events of a vendor whose endpoint is being removed wait for the end of that. Called by
-- the worker before each claim. The planner is kept to the indexes, since statistics lag behind a queue.
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
  v_held uuid[];
begin
  -- The common case is an empty outbox; it costs one look into a small index.
  if not exists (select from app.outbox as o where o.dispatched_at is null) or not app.lock_webhook_queue(false) then
    return 0;
  end if;
  select array_agg(x.o order by (x.o).id) into v_events
  from (
    select o from app.outbox as o where o.dispatched_at is null order by o.id limit dispatch_events.most
  ) as x;
  v_held := app.hold_webhook_endpoints(
    array(
      select e.id
      from public.webhook_endpoints as e
      where e.vendor_id = any (array(select o.vendor_id from unnest(v_events) as o))
    )
  );
  v_events := array(
    select o
    from unnest(v_events) as o
    where not exists (
      select from public.webhook_endpoints as e where e.vendor_id = o.vendor_id and e.id <> all (v_held)
    )
    order by o.id
  );
  if cardinality(v_events) = 0 then
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
