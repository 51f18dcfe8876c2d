-- Queues ended deliveries again from the first attempt, with the same event ids; those that still wait go at once.
-- Callers hold the lock of their endpoint.
create or replace function app.requeue_deliveries(ids uuid[])
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count int;
begin
  perform app.lock_webhook_queue();
  perform from public.webhook_deliveries as d where d.id = any (requeue_deliveries.ids) order by d.id for no key update;
  -- Attempts are counted anew: the last one of before takes its place among the others.
  insert into public.webhook_attempts (
    delivery_id, vendor_id, attempt, started_at, duration_ms, status_code, error, response_body
  )
  select
    d.id, d.vendor_id, d.attempt, d.last_started_at, d.last_duration_ms, d.last_status_code, d.last_error,
    d.last_response_body
  from public.webhook_deliveries as d
  where d.id = any (requeue_deliveries.ids) and d.status <> 'blocked' and d.last_started_at is not null;
  update public.webhook_deliveries as d
  set status = case
        when d.entity is not null and exists (
          select from public.webhook_deliveries as w
          where w.endpoint_id = d.endpoint_id and w.entity = d.entity and w.id <> d.id
            and w.status in ('blocked', 'pending', 'retrying')
        ) then 'blocked'
        else 'pending'
      end,
      attempt = 0,
      next_attempt_at = clock_timestamp(),
      last_response_body = null,
      last_started_at = null,
      last_duration_ms = null,
      finished_at = null
  where d.id = any (requeue_deliveries.ids) and d.status <> 'blocked';
  get diagnostics v_count = row_count;
  -- Whoever is sending one of them right now has an attempt of before.
  delete from app.webhook_leases as l
  using public.webhook_deliveries as d
  where d.id = any (requeue_deliveries.ids) and l.endpoint_id = d.endpoint_id and l.delivery_id = d.id;
  -- Several of one entity were looked at side by side: the first of each may go.
  perform app.block_followers(requeue_deliveries.ids);
  return v_count;
end;
$$;
comment on function app.requeue_deliveries is 'Queues deliveries again; how many.';
