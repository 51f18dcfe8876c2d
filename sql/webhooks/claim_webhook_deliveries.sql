-- Leases due deliveries to a worker, fairly: every endpoint and every vendor gets its turn before another gets a second
-- one, none gets more at once than its limit, and failing endpoints share a small part. Workers claim one after
-- another: side by side they would choose the same rows, and each count leases without those of the others. Returns
-- what is needed to send: {"timeout_seconds", "endpoints": [{id, url, secrets_key}], "deliveries": [...]}; the secrets
-- themselves are read by app.read_webhook_secrets when a worker does not know the key. The planner is kept to the
-- indexes, since statistics lag behind a queue.
create or replace function app.claim_webhook_deliveries(most int)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
declare
  v_settings app.webhook_settings;
  v_now timestamptz;
  v_claim jsonb;
begin
  select s.* into strict v_settings from app.webhook_settings as s;
  -- A crash of the server may forget the last attempts: what they were of is sent again, as after a crash of the
  -- worker. Waiting for the disk each time would promise no more.
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(hashtextextended('app.webhook_claims', 0));
  -- One moment for all, and a value that an index can be asked with.
  v_now := clock_timestamp();
  -- Leases of workers that died; one that is being recorded this very moment is left alone.
  delete from app.webhook_leases as l
  where l.ctid = any (
    array(select x.ctid from app.webhook_leases as x where x.leased_until < v_now for update skip locked)
  );

  with recursive waiting (endpoint_id) as (
    -- Each endpoint with waiting deliveries, by hops through the index instead of a scan of them all.
    select min(w.endpoint_id::text)::uuid
    from (
      select d.endpoint_id
      from public.webhook_deliveries as d
      where d.status in ('pending', 'retrying')
      order by d.endpoint_id
      limit 1
    ) as w
    union all
    select (
      select d.endpoint_id
      from public.webhook_deliveries as d
      where d.status in ('pending', 'retrying') and d.endpoint_id > w.endpoint_id
      order by d.endpoint_id
      limit 1
    )
    from waiting as w
    where w.endpoint_id is not null
  ),
  leased as (
    select l.endpoint_id, count(*) as leases from app.webhook_leases as l group by l.endpoint_id
  ),
  by_vendor as (
    select l.vendor_id, count(*) as leases from app.webhook_leases as l group by l.vendor_id
  ),
  open_endpoints as (
    select
      e.id, e.vendor_id, e.failing_since is not null as is_failing,
      greatest(
        case when e.failing_since is null then v_settings.endpoint_concurrency else 1 end - coalesce(l.leases, 0), 0
      ) as room,
      greatest(v_settings.vendor_concurrency - coalesce(b.leases, 0), 0) as vendor_room
    from waiting as w
    join public.webhook_endpoints as e on e.id = w.endpoint_id
    join public.vendors as v on v.id = e.vendor_id and v.status = 'active'
    left join leased as l on l.endpoint_id = e.id
    left join by_vendor as b on b.vendor_id = e.vendor_id
    where e.enabled and (e.resume_at is null or e.resume_at <= v_now)
  ),
  candidates as (
    select c.id, o.vendor_id, o.is_failing, o.vendor_room, c.turn
    from open_endpoints as o
    cross join lateral (
      select d.id, row_number() over (order by d.next_attempt_at, d.sequence) as turn
      from public.webhook_deliveries as d
      where d.endpoint_id = o.id
        and d.status in ('pending', 'retrying')
        and d.next_attempt_at <= v_now
        and not exists (
          select from app.webhook_leases as l where l.endpoint_id = o.id and l.delivery_id = d.id
        )
      order by d.next_attempt_at, d.sequence
      limit least(o.room, o.vendor_room, claim_webhook_deliveries.most)
    ) as c
  ),
  placed as (
    select
      c.id, c.is_failing, c.vendor_room,
      row_number() over (partition by c.vendor_id order by c.is_failing, c.turn) as vendor_turn,
      row_number() over (partition by c.is_failing order by c.turn) as lane_turn
    from candidates as c
  ),
  chosen as (
    select p.id
    from placed as p
    where p.vendor_turn <= p.vendor_room
      and (
        not p.is_failing
        or p.lane_turn <= v_settings.failing_concurrency - (
          select coalesce(sum(l.leases), 0)
          from leased as l
          join public.webhook_endpoints as e on e.id = l.endpoint_id
          where e.failing_since is not null
        )
      )
    order by p.vendor_turn, p.is_failing
    limit claim_webhook_deliveries.most
  ),
  claimed as materialized (
    select d.id, d.endpoint_id, d.vendor_id, d.event_id, d.attempt, d.payload
    from chosen as c
    join public.webhook_deliveries as d on d.id = c.id
  ),
  leases as (
    insert into app.webhook_leases (endpoint_id, delivery_id, vendor_id, leased_until)
    select c.endpoint_id, c.id, c.vendor_id, v_now + make_interval(secs => v_settings.lease_seconds) from claimed as c
  )
  select jsonb_build_object(
    'timeout_seconds', v_settings.timeout_seconds,
    'endpoints', (
      select jsonb_agg(jsonb_build_object('id', e.id, 'url', e.url, 'secrets_key', app.webhook_secrets_key(e)))
      from public.webhook_endpoints as e
      where e.id in (select c.endpoint_id from claimed as c)
    ),
    'deliveries', jsonb_agg(
      jsonb_build_object(
        'id', c.id, 'endpoint_id', c.endpoint_id, 'event_id', c.event_id, 'attempt', c.attempt + 1,
        'body', c.payload::text
      )
    )
  )
  into v_claim
  from claimed as c
  having count(*) > 0;
  return v_claim;
end;
$$;
comment on function app.claim_webhook_deliveries is 'Leases up to so many due deliveries; null when none is due.';
