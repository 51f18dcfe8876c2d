-- Unblocks, of each entity of these ordered endpoints, the first waiting event when nothing before it waits any more.
-- Callers hold the lock of app.lock_webhook_queue.
create or replace function app.release_blocked_deliveries(endpoint_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if cardinality(release_blocked_deliveries.endpoint_ids) = 0 then
    return;
  end if;
  update public.webhook_deliveries as d
  set status = 'pending', next_attempt_at = clock_timestamp()
  from (
    select distinct on (w.endpoint_id, w.entity) w.id, w.status
    from public.webhook_deliveries as w
    where w.endpoint_id = any (release_blocked_deliveries.endpoint_ids)
      and w.entity is not null
      and w.status in ('blocked', 'pending', 'retrying')
    order by w.endpoint_id, w.entity, w.sequence
  ) as head
  where d.id = head.id and head.status = 'blocked'
    and not exists (
      select from public.webhook_deliveries as o
      where o.endpoint_id = d.endpoint_id and o.entity = d.entity and o.status in ('pending', 'retrying')
    );
end;
$$;
comment on function app.release_blocked_deliveries is 'Lets the next event of each entity go when its turn has come.';
