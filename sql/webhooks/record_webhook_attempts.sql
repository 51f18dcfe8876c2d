-- Writes down what came of attempts and decides what is next for each delivery and its endpoint. `results` are
-- {id, attempt, started_at, duration_ms, status_code, error, response_body, signature, timestamp, retry_after}; an
-- attempt without error is a success. A result that comes late, after the lease ran out and another worker went on,
-- still counts when it is a success and changes nothing when it is not. What is told of an endpoint that is being
-- removed is left out: it goes with the endpoint, or is sent again. Locks are taken in the order that
-- app.hold_webhook_endpoints tells. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.record_webhook_attempts(results jsonb)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
declare
  v_results app.webhook_result[];
  v_endpoints uuid[];
  v_noted uuid[];
  v_is_ordered boolean;
  v_held uuid[];
  v_open uuid[];
  v_endpoint record;
begin
  select
    array_agg(
      row(
        r.id, d.endpoint_id, d.vendor_id, d.entity, r.attempt, r.started_at, r.duration_ms, r.status_code, r.error,
        r.response_body, r.signature, r."timestamp", case when r.status_code in (429, 503) then r.retry_after end,
        case when r.error is not null and r.status_code is distinct from 410 then
          app.webhook_delay(
            r.attempt, e.retries_max, case when r.status_code in (429, 503) then r.retry_after end
          )
        end
      )::app.webhook_result
    ),
    array_agg(distinct e.id),
    -- The usual case, an endpoint that is well and known to be, needs no note.
    array_agg(distinct e.id) filter (
      where r.error is not null
        or e.failing_since is not null
        or coalesce(e.last_success_at < now() - interval '1 minute', true)
    ),
    bool_or(d.entity is not null)
  into v_results, v_endpoints, v_noted, v_is_ordered
  from jsonb_to_recordset(record_webhook_attempts.results) as r (
    id uuid, attempt int, started_at timestamptz, duration_ms int, status_code int, error text, response_body text,
    signature text, "timestamp" timestamptz, retry_after int
  )
  -- Each by its id: joined the plain way, they might be looked for once for every endpoint.
  cross join lateral (
    select x.endpoint_id, x.vendor_id, x.entity from public.webhook_deliveries as x where x.id = r.id limit 1
  ) as d
  cross join lateral (
    select y.id, y.retries_max, y.failing_since, y.last_success_at
    from public.webhook_endpoints as y
    where y.id = d.endpoint_id
    limit 1
  ) as e;

  -- What was removed while it was sent takes no more room.
  if coalesce(cardinality(v_results), 0) < jsonb_array_length(record_webhook_attempts.results) then
    delete from app.webhook_leases as l
    where l.delivery_id in (
      select (r ->> 'id')::uuid from jsonb_array_elements(record_webhook_attempts.results) as r
    ) and not exists (select from public.webhook_deliveries as d where d.id = l.delivery_id);
  end if;

  v_held := app.hold_webhook_endpoints(v_endpoints);
  if cardinality(v_held) < cardinality(v_endpoints) then
    v_results := array(select r from unnest(v_results) as r where r.endpoint_id = any (v_held));
  end if;
  if coalesce(cardinality(v_results), 0) = 0 then
    return;
  end if;
  if v_noted is not null then
    perform from public.webhook_endpoints as e
    where e.id = any (v_noted) and e.id = any (v_held)
    order by e.id
    for no key update;
  end if;
  if v_is_ordered then
    perform app.lock_webhook_queue();
  end if;

  -- Rows are locked in one order, whatever order the results came in. Those that still wait for this very attempt are
  -- told apart here: asked for by status, they would be looked for in the index of all that wait.
  with locked as materialized (
    select d.id, d.status, d.attempt
    from public.webhook_deliveries as d
    where d.id = any (array(select r.id from unnest(v_results) as r))
    order by d.id
    for no key update
  )
  select array_agg(l.id) into v_open
  from unnest(v_results) as r
  join locked as l on l.id = r.id
  where l.status in ('pending', 'retrying') and (r.error is null or l.attempt = r.attempt - 1);

  insert into public.webhook_attempts (
    delivery_id, vendor_id, attempt, started_at, duration_ms, status_code, error, response_body
  )
  select r.id, r.vendor_id, r.attempt, r.started_at, r.duration_ms, r.status_code, r.error, r.response_body
  from unnest(v_results) as r
  order by r.started_at;

  update public.webhook_deliveries as d
  set status = case when r.error is null then 'delivered' when r.delay is null then 'dead' else 'retrying' end,
      attempt = r.attempt,
      attempts_total = d.attempts_total + 1,
      next_attempt_at = clock_timestamp() + coalesce(r.delay, interval '0'),
      last_error = r.error,
      last_status_code = r.status_code,
      signature = r.signature,
      "timestamp" = r."timestamp",
      finished_at = case when r.error is null or r.delay is null then clock_timestamp() end
  from unnest(v_results) as r
  where d.id = r.id and r.id = any (v_open);
  delete from app.webhook_leases as l
  using unnest(v_results) as r
  where l.endpoint_id = r.endpoint_id and l.delivery_id = r.id;

  if v_is_ordered then
    perform app.release_blocked_deliveries(
      array(select distinct r.endpoint_id from unnest(v_results) as r where r.entity is not null)
    );
  end if;
  if v_noted is null then
    return;
  end if;
  for v_endpoint in
    select
      r.endpoint_id as id, bool_or(r.error is null) as succeeded,
      bool_or(r.status_code is not distinct from 410) as is_gone, max(r.retry_after) as retry_after
    from unnest(v_results) as r
    where r.endpoint_id = any (v_noted)
    group by r.endpoint_id
  loop
    perform app.note_endpoint_health(
      v_endpoint.id, v_endpoint.succeeded, v_endpoint.is_gone, v_endpoint.retry_after
    );
  end loop;
end;
$$;
comment on function app.record_webhook_attempts is 'Records attempts and moves their deliveries and endpoints on.';
