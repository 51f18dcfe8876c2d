-- Removes what is past its retention, a batch at a time: ended deliveries with their attempts, dispatched events, and
-- secrets whose overlap is over. Deliveries that still wait stay.
create or replace function app.purge_webhooks(most int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before timestamptz := purge_webhooks.at - (select s.keep_for from app.webhook_settings as s);
  v_deliveries int;
  v_events int;
begin
  delete from public.webhook_deliveries as d
  where d.id in (
    select o.id
    from public.webhook_deliveries as o
    where o.finished_at < v_before
    limit purge_webhooks.most
    for update skip locked
  );
  get diagnostics v_deliveries = row_count;
  -- Events happen about in the order of their ids: the first of them hold whatever is old.
  delete from app.outbox as o
  where o.id in (
    select p.id
    from app.outbox as p
    where p.id = any (
        array(
          select x.id
          from app.outbox as x
          where not exists (
            select from app.outbox_queue as q where q.vendor_id = x.vendor_id and q.outbox_id = x.id
          )
          order by x.id
          limit purge_webhooks.most
        )
      )
      and p.occurred_at < v_before
    for update skip locked
  );
  get diagnostics v_events = row_count;

  with rotated as materialized (
    select e.id, e.previous_secret_ref
    from public.webhook_endpoints as e
    where e.previous_secret_ref is not null and e.previous_secret_expires_at < purge_webhooks.at
    for no key update skip locked
  ),
  replaced as (
    delete from vault.secrets as s using rotated as r where s.id = r.previous_secret_ref
  )
  update public.webhook_endpoints as e
  set previous_secret_ref = null, previous_secret_expires_at = null
  from rotated as r
  where e.id = r.id;
  return greatest(v_deliveries, v_events);
end;
$$;
comment on function app.purge_webhooks is
  'Removes expired events, deliveries and secrets; the larger count of a batch.';
