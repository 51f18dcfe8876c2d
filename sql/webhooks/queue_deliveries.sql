-- Queues events for endpoints: one delivery for each pair, which must not have one yet. For an ordered endpoint an
-- event whose entity has earlier events waiting is blocked until they end. Callers hold the endpoints, so that none is
-- removed meanwhile, and the lock of app.lock_webhook_queue.
create or replace function app.queue_deliveries(events app.outbox[], endpoint_ids uuid[])
returns int
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_count int;
begin
  with told as materialized (
    select x.id, x.event_id, x.vendor_id, x.event_type, x.data, p.payload
    from unnest(queue_deliveries.events) as x
    join app.event_payloads(queue_deliveries.events) as p on p.id = x.id
  )
  insert into public.webhook_deliveries (
    id, endpoint_id, vendor_id, event_id, event_type, payload, sequence, entity, status
  )
  select
    extensions.uuid_generate_v5(e.id, o.event_id::text), e.id, e.vendor_id, o.event_id, o.event_type, o.payload, o.id,
    n.entity,
    case
      when n.entity is not null and (
        row_number() over (partition by e.id, n.entity order by o.id) > 1
        or exists (
          select from public.webhook_deliveries as w
          where w.endpoint_id = e.id and w.entity = n.entity and w.status in ('blocked', 'pending', 'retrying')
        )
      ) then 'blocked'
      else 'pending'
    end
  from told as o
  join public.webhook_endpoints as e on e.vendor_id = o.vendor_id and o.event_type = any (e.events)
  cross join lateral (
    select case when e.ordered then app.event_entity(o.event_type, o.data) end as entity
  ) as n
  where e.enabled and e.id = any (queue_deliveries.endpoint_ids)
  order by o.id;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
comment on function app.queue_deliveries is
  'Makes the deliveries of events to those of the endpoints that ask for them; how many.';
