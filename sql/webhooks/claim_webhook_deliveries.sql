-- Leases due deliveries to a worker, fairly: every endpoint and every vendor gets its turn before another gets a second
-- one, none gets more at once than its limit, and failing endpoints share a small part. Workers claim one after
-- another: side by side they would choose the same rows, and each count leases without those of the others. The secrets
-- that `secrets_key` names are read by app.read_webhook_secrets when a worker does not know them; `is_ordered` is to be
-- told to app.record_webhook_attempts. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.claim_webhook_deliveries(most int)
returns table (
  id uuid,
  endpoint_id uuid,
  event_id uuid,
  attempt int,
  is_ordered boolean,
  body text,
  url text,
  secrets_key text,
  timeout_seconds int
)
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_settings app.webhook_settings;
  v_now timestamptz;
begin
  select s.* into strict v_settings from app.webhook_settings as s;
  -- A crash of the server may forget the last attempts: what they were of is sent again, as after a crash of the
  -- worker. Waiting for the disk each time would promise no more.
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(hashtextextended('app.webhook_claims', 0));
  -- One moment for all, and a value that an index can be asked with.
  v_now := clock_timestamp();
  if exists (select from app.webhook_leases as l where l.leased_until < v_now) then
    -- Leases of workers that died; one that is being recorded this very moment is left alone.
    delete from app.webhook_leases as l
    where l.ctid = any (
      array(select x.ctid from app.webhook_leases as x where x.leased_until < v_now for update skip locked)
    );
  end if;

  return query
  with recursive waiting (endpoint_id) as (
    -- Each endpoint with waiting deliveries, by hops through the index instead of a scan of them all; from its end,
    -- since at its start lies what has been delivered since the last vacuum.
    (
      select d.endpoint_id
      from public.webhook_deliveries as d
      where d.status in ('pending', 'retrying')
      order by d.endpoint_id desc, d.next_attempt_at desc
      limit 1
    )
    union all
    select h.endpoint_id
    from waiting as w
    cross join lateral (
      select d.endpoint_id
      from public.webhook_deliveries as d
      where d.status in ('pending', 'retrying') and d.endpoint_id < w.endpoint_id
      order by d.endpoint_id desc, d.next_attempt_at desc
      limit 1
    ) as h
  ),
  leased as materialized (
    select l.endpoint_id, (array_agg(l.vendor_id))[1] as vendor_id, array_agg(l.delivery_id) as deliveries
    from app.webhook_leases as l
    group by l.endpoint_id
  ),
  by_vendor as (
    select l.vendor_id, sum(cardinality(l.deliveries)) as leases from leased as l group by l.vendor_id
  ),
  open_endpoints as (
    select
      e.id, e.vendor_id, e.url, app.webhook_secrets_key(e) as secrets_key, e.failing_since is not null as is_failing,
      l.deliveries as leased,
      case when e.failing_since is null then v_settings.endpoint_concurrency else 1 end
        - coalesce(cardinality(l.deliveries), 0) as room,
      v_settings.vendor_concurrency - coalesce(b.leases, 0) as vendor_room,
      count(*) over (partition by e.vendor_id, e.failing_since is null) as siblings
    from waiting as w
    join public.webhook_endpoints as e on e.id = w.endpoint_id
    join public.vendors as v on v.id = e.vendor_id and v.status = 'active'
    left join leased as l on l.endpoint_id = e.id
    left join by_vendor as b on b.vendor_id = e.vendor_id
    where e.enabled and (e.resume_at is null or e.resume_at <= v_now)
  ),
  candidates as (
    -- Of an endpoint no more than its share of a claim: what the others leave of theirs is for the next one.
    select c.*, o.vendor_id, o.is_failing, o.vendor_room, o.url, o.secrets_key
    from open_endpoints as o
    cross join lateral (
      select
        d.id, d.endpoint_id, d.event_id, d.attempt + 1 as attempt, d.entity is not null as is_ordered, d.payload,
        row_number() over (order by d.next_attempt_at, d.sequence) as turn
      from public.webhook_deliveries as d
      where d.endpoint_id = o.id
        and d.status in ('pending', 'retrying')
        and d.next_attempt_at <= v_now
        and (o.leased is null or d.id <> all (o.leased))
      order by d.next_attempt_at, d.sequence
      limit greatest(least(o.room, o.vendor_room, 1 + claim_webhook_deliveries.most / o.siblings), 0)
    ) as c
  ),
  by_turn as (
    select c.*, row_number() over (partition by c.vendor_id order by c.is_failing, c.turn) as vendor_turn
    from candidates as c
  ),
  by_lane as (
    select b.*, row_number() over (partition by b.is_failing order by b.vendor_turn) as lane_turn
    from by_turn as b
    where b.vendor_turn <= b.vendor_room
  ),
  claimed as materialized (
    select p.*
    from by_lane as p
    where not p.is_failing
      or p.lane_turn <= v_settings.failing_concurrency - (
        select coalesce(sum(cardinality(l.deliveries)), 0)
        from leased as l
        join public.webhook_endpoints as e on e.id = l.endpoint_id
        where e.failing_since is not null
      )
    order by p.vendor_turn, p.is_failing
    limit claim_webhook_deliveries.most
  ),
  leases as (
    insert into app.webhook_leases (endpoint_id, delivery_id, vendor_id, leased_until)
    select c.endpoint_id, c.id, c.vendor_id, v_now + make_interval(secs => v_settings.lease_seconds) from claimed as c
  )
  select
    c.id, c.endpoint_id, c.event_id, c.attempt, c.is_ordered, c.payload::text, c.url, c.secrets_key,
    v_settings.timeout_seconds
  from claimed as c;
end;
$$;
comment on function app.claim_webhook_deliveries is
  'Leases up to so many due deliveries; gives what is needed to send them.';
