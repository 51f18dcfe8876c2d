-- Writes down what came of attempts and decides what is next for each delivery and its endpoint. `results` are
-- {id, endpoint_id, is_ordered} as they were claimed and {attempt, started_at, duration_ms, status_code, error,
-- response_body, signature, timestamp, retry_after}; an attempt without error is a success. A result that comes late,
-- after the lease ran out and another worker went on, still counts when it is a success and changes nothing when it is
-- not. What is told of an endpoint that is being removed is left out: it goes with the endpoint, or is sent again.
-- Locks are taken in the order that app.hold_webhook_endpoints tells. The planner is kept to the indexes, since
-- statistics lag behind a queue.
create or replace function app.record_webhook_attempts(results json)
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
  v_noted uuid[];
  v_is_ordered boolean;
  v_awaited uuid[];
  v_has_past boolean;
  v_endpoint record;
begin
  if json_array_length(record_webhook_attempts.results) = 0 then
    return;
  end if;
  with told as materialized (
    select r.*
    from json_to_recordset(record_webhook_attempts.results) as r (
      id uuid, endpoint_id uuid, is_ordered boolean, attempt int, started_at timestamptz, duration_ms int,
      status_code int, error text, response_body text, signature text, "timestamp" timestamptz, retry_after int
    )
  )
  select
    array_agg(
      row(
        t.id, t.endpoint_id, e.vendor_id, t.is_ordered, t.attempt, t.started_at, t.duration_ms, t.status_code, t.error,
        t.response_body, t.signature, t."timestamp", case when t.status_code in (429, 503) then t.retry_after end,
        case when t.error is not null and t.status_code is distinct from 410 then
          app.webhook_delay(
            t.attempt, e.retries_max, case when t.status_code in (429, 503) then t.retry_after end
          )
        end
      )::app.webhook_result
    ),
    -- The usual case, an endpoint that is well and known to be, needs no note.
    array_agg(distinct e.id) filter (
      where t.error is not null
        or e.failing_since is not null
        or coalesce(e.last_success_at < now() - interval '1 minute', true)
    ),
    bool_or(t.is_ordered)
  into v_results, v_noted, v_is_ordered
  from app.hold_webhook_endpoints(array(select distinct t.endpoint_id from told as t)) as e
  join told as t on t.endpoint_id = e.id;

  if coalesce(cardinality(v_results), 0) < json_array_length(record_webhook_attempts.results) then
    -- What was removed while it was sent takes no more room.
    delete from app.webhook_leases as l
    using json_to_recordset(record_webhook_attempts.results) as r (id uuid, endpoint_id uuid)
    where l.endpoint_id = r.endpoint_id and l.delivery_id = r.id
      and not exists (select from public.webhook_endpoints as e where e.id = r.endpoint_id);
  end if;
  if v_results is null then
    return;
  end if;
  if v_noted is not null then
    perform from public.webhook_endpoints as e where e.id = any (v_noted) order by e.id for no key update;
  end if;
  if v_is_ordered then
    perform app.lock_webhook_queue();
  end if;

  -- Rows are locked in one order, whatever order the results came in. Awaited are those that still wait for this very
  -- attempt.
  with locked as materialized (
    select d.id, d.status, d.attempt, d.last_started_at
    from public.webhook_deliveries as d
    where d.id = any (array(select r.id from unnest(v_results) as r))
    order by d.id
    for no key update
  )
  select array_agg(l.id) filter (where j.is_awaited), bool_or(l.last_started_at is not null or not j.is_awaited)
  into v_awaited, v_has_past
  from locked as l
  join unnest(v_results) as t on t.id = l.id
  cross join lateral (
    select l.status in ('pending', 'retrying') and (t.error is null or l.attempt = t.attempt - 1) as is_awaited
  ) as j;
  if v_has_past then
    insert into public.webhook_attempts (
      delivery_id, vendor_id, attempt, started_at, duration_ms, status_code, error, response_body
    )
    select
      d.id, d.vendor_id, d.attempt, d.last_started_at, d.last_duration_ms, d.last_status_code, d.last_error,
      d.last_response_body
    from public.webhook_deliveries as d
    where d.id = any (v_awaited) and d.last_started_at is not null
    union all
    select t.id, t.vendor_id, t.attempt, t.started_at, t.duration_ms, t.status_code, t.error, t.response_body
    from unnest(v_results) as t
    where t.id <> all (coalesce(v_awaited, '{}'))
      and exists (select from public.webhook_deliveries as d where d.id = t.id);
  end if;
  update public.webhook_deliveries as d
  set status = case when t.error is null then 'delivered' when t.delay is null then 'dead' else 'retrying' end,
      attempt = t.attempt,
      attempts_total = d.attempts_total + 1,
      next_attempt_at = clock_timestamp() + coalesce(t.delay, interval '0'),
      last_error = t.error,
      last_status_code = t.status_code,
      last_response_body = t.response_body,
      last_started_at = t.started_at,
      last_duration_ms = t.duration_ms,
      signature = t.signature,
      "timestamp" = t."timestamp",
      finished_at = case when t.error is null or t.delay is null then clock_timestamp() end
  from unnest(v_results) as t
  where d.id = t.id and t.id = any (v_awaited);
  delete from app.webhook_leases as l
  where l.ctid = any (
    array(
      select x.ctid
      from unnest(v_results) as r
      cross join lateral (
        select w.ctid
        from app.webhook_leases as w
        where w.endpoint_id = r.endpoint_id and w.delivery_id = r.id
        offset 0
      ) as x
    )
  );

  if v_is_ordered then
    perform app.release_blocked_deliveries(
      array(select distinct r.endpoint_id from unnest(v_results) as r where r.is_ordered)
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
