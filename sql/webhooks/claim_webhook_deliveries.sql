-- Leases due deliveries to a worker, fairly: every endpoint and every vendor gets its turn before another gets a second
-- one, none gets more at once than its limit, and failing endpoints share a small part. Of `brisk` endpoints, from
-- which answers have just come, a worker may hold some more, to be sent when others end. Workers claim one after
-- another: side by side they would choose the same rows, and each count leases without those of the others. The secrets
-- that `secrets_key` names are read by app.read_webhook_secrets when a worker does not know them; `is_ordered` is to be
-- told to app.record_webhook_attempts. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.claim_webhook_deliveries(most int, brisk uuid[] default '{}')
returns table (
  id uuid,
  endpoint_id uuid,
  event_id uuid,
  attempt int,
  is_ordered boolean,
  body text,
  url text,
  secrets_key text,
  timeout_seconds int,
  lease_seconds int,
  endpoint_concurrency int
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
      select q.endpoint_id from app.webhook_queue as q order by q.endpoint_id desc limit 1
    )
    union all
    select h.endpoint_id
    from waiting as w
    cross join lateral (
      select q.endpoint_id
      from app.webhook_queue as q
      where q.endpoint_id < w.endpoint_id
      order by q.endpoint_id desc
      limit 1
    ) as h
  ),
  held as materialized (
    select l.endpoint_id, l.vendor_id, l.delivery_id from app.webhook_leases as l
  ),
  by_endpoint as materialized (
    select h.endpoint_id, h.vendor_id, count(*) as leases from held as h group by h.endpoint_id, h.vendor_id
  ),
  by_vendor as (
    select b.vendor_id, sum(b.leases) as leases from by_endpoint as b group by b.vendor_id
  ),
  open_endpoints as (
    select
      e.id, e.vendor_id, e.url, app.webhook_secrets_key(e) as secrets_key, e.failing_since is not null as is_failing,
      case
        when e.failing_since is not null then 1
        when e.id = any (claim_webhook_deliveries.brisk) then v_settings.endpoint_leases
        else v_settings.endpoint_concurrency
      end - coalesce(l.leases, 0) as room,
      v_settings.vendor_concurrency - coalesce(b.leases, 0) as vendor_room,
      count(*) over (partition by e.vendor_id, e.failing_since is null) as siblings
    from waiting as w
    cross join lateral (
      select x.* from public.webhook_endpoints as x where x.id = w.endpoint_id offset 0
    ) as e
    join public.vendors as v on v.id = e.vendor_id and v.status = 'active'
    left join by_endpoint as l on l.endpoint_id = e.id
    left join by_vendor as b on b.vendor_id = e.vendor_id
    where e.enabled and (e.resume_at is null or e.resume_at <= v_now)
  ),
  candidates as (
    -- Of an endpoint no more than its share of a claim: what the others leave of theirs is for the next one.
    select c.*, o.vendor_id, o.is_failing, o.vendor_room, o.url, o.secrets_key
    from open_endpoints as o
    cross join lateral (
      select
        q.delivery_id as id, q.endpoint_id, row_number() over (order by q.next_attempt_at, q.sequence) as turn
      from app.webhook_queue as q
      where q.endpoint_id = o.id
        and q.next_attempt_at <= v_now
        and q.delivery_id not in (select h.delivery_id from held as h)
      order by q.next_attempt_at, q.sequence
      limit greatest(
        least(o.room, o.vendor_room, 1 + least(claim_webhook_deliveries.most, o.vendor_room) / o.siblings), 0
      )
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
        select coalesce(sum(b.leases), 0)
        from by_endpoint as b
        join public.webhook_endpoints as e on e.id = b.endpoint_id
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
    d.id, d.endpoint_id, d.event_id, d.attempt + 1, d.entity is not null, d.payload::text, c.url, c.secrets_key,
    v_settings.timeout_seconds, v_settings.lease_seconds, v_settings.endpoint_concurrency
  from claimed as c
  join public.webhook_deliveries as d on d.id = c.id;
end;
$$;
comment on function app.claim_webhook_deliveries is
  'Leases up to so many due deliveries; gives what is needed to send them.';
