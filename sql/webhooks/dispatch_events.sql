-- Turns events of the outbox into about so many deliveries, oldest events first. The vendors that have events waiting
-- share a call, so that the thousands of one do not hold up the one of another. One worker at a time dispatches, so
-- that order holds; the others find nothing to do. The events of a vendor whose endpoint is being removed wait for the
-- end of that. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.dispatch_events(most int)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
declare
  v_vendor_ids uuid[];
  v_places tid[];
  v_held uuid[];
  v_events app.outbox[];
begin
  -- The common case is an empty outbox; it costs one look into a small index.
  if dispatch_events.most = 0
    or not exists (select from app.outbox_queue)
    or not app.lock_webhook_queue(false)
  then
    return 0;
  end if;
  with recursive waiting (vendor_id) as (
    -- Each vendor with waiting events, by hops through the index instead of a scan of them all.
    (select q.vendor_id from app.outbox_queue as q order by q.vendor_id limit 1)
    union all
    select (
      select q.vendor_id
      from app.outbox_queue as q
      where q.vendor_id > w.vendor_id
      order by q.vendor_id
      limit 1
    )
    from waiting as w
    where w.vendor_id is not null
  )
  select array_agg(distinct c.vendor_id), array_agg(c.ctid) into v_vendor_ids, v_places
  from (
    select w.vendor_id, count(e.id) filter (where e.enabled) as endpoints, count(*) over () as vendors
    from waiting as w
    left join public.webhook_endpoints as e on e.vendor_id = w.vendor_id
    where w.vendor_id is not null
    group by w.vendor_id
  ) as v
  cross join lateral (
    select q.vendor_id, q.ctid
    from app.outbox_queue as q
    where q.vendor_id = v.vendor_id
    order by q.outbox_id
    limit greatest(dispatch_events.most / v.vendors / greatest(v.endpoints, 1), 1)
  ) as c;
  v_held := array(
    select h.id
    from app.hold_webhook_endpoints(
      array(select e.id from public.webhook_endpoints as e where e.vendor_id = any (v_vendor_ids))
    ) as h
  );
  with taken as (
    delete from app.outbox_queue as q
    where q.ctid = any (v_places)
      and not exists (
        select from public.webhook_endpoints as e where e.vendor_id = q.vendor_id and e.id <> all (v_held)
      )
    returning q.outbox_id
  )
  select array_agg(o order by o.id) into v_events
  from app.outbox as o
  where o.id = any (array(select t.outbox_id from taken as t));
  if v_events is null then
    return 0;
  end if;
  perform app.queue_deliveries(v_events, v_held);
  return cardinality(v_events);
end;
$$;
comment on function app.dispatch_events is
  'Makes about so many deliveries of waiting events, fairly; returns how many events it took.';
