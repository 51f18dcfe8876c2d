-- What waits in each queue and for how long its oldest entry has: the queues of pgmq, events that have no deliveries
-- yet (outbox), and deliveries that are due at endpoints in use (webhooks). A message that a worker holds still counts
-- until it is done.
create or replace function app.queue_metrics()
returns table (name text, depth bigint, oldest_age_seconds int)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select m.queue_name::text, m.queue_length::bigint, coalesce(m.oldest_msg_age_sec, 0)::int
  from pgmq.list_queues() as q
  cross join lateral pgmq.metrics(q.queue_name) as m
  union all
  select 'outbox', count(*), coalesce(extract(epoch from now() - min(o.occurred_at)), 0)::int
  from app.outbox_queue as q
  join app.outbox as o on o.id = q.outbox_id
  union all
  select
    'webhooks', count(*), greatest(coalesce(extract(epoch from now() - min(w.next_attempt_at)), 0), 0)::int
  from app.webhook_queue as w
  join public.webhook_endpoints as e on e.id = w.endpoint_id
  where w.next_attempt_at <= now()
    and e.enabled
    and coalesce(e.resume_at, now()) <= now()
  order by 1;
end;
$$;
comment on function app.queue_metrics is 'Every queue by name: entries waiting, and the age of the oldest in seconds.';
