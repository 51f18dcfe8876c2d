-- All that is recorded under one super id, whoever it belongs to, in no order: the id itself, ingestion jobs and
-- generation runs as they moved from state to state, events and their deliveries. Checks nobody; behind
-- app.get_workflow.
create or replace function app.workflow_entries(super_id uuid)
returns table (at timestamptz, event text, entity text, entity_id text, vendor_id uuid, data jsonb)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select g.generated_at, 'super_id.minted', 'super_id', g.super_id::text, null::uuid, '{}'::jsonb
  from public.generated_super_ids as g
  where g.super_id = workflow_entries.super_id
  union all
  select moved.at, moved.event, 'job', j.id::text, j.vendor_id, moved.data
  from public.ingestion_jobs as j
  cross join lateral (
    values
      (j.created_at, 'job.created', jsonb_build_object('mode', j.mode)),
      (j.started_at, 'job.started', '{}'),
      (
        j.finished_at, 'job.' || j.status,
        jsonb_strip_nulls(jsonb_build_object('totals', j.totals, 'attempt', j.attempt, 'error', j.error))
      )
  ) as moved (at, event, data)
  where j.super_id = workflow_entries.super_id and moved.at is not null
  union all
  select moved.at, moved.event, 'generation_run', r.id::text, null, moved.data
  from public.generation_runs as r
  cross join lateral (
    values
      (r.created_at, 'generation.created', r.params),
      (r.started_at, 'generation.started', '{}'),
      (
        r.finished_at, 'generation.' || r.status,
        jsonb_strip_nulls(jsonb_build_object('totals', app.generation_totals(r), 'error', r.error))
      )
  ) as moved (at, event, data)
  where r.super_id = workflow_entries.super_id and moved.at is not null
  union all
  select o.occurred_at, 'event.' || o.event_type, 'event', o.event_id::text, o.vendor_id, '{}'
  from app.outbox as o
  where o.super_id = workflow_entries.super_id
  union all
  select moved.at, moved.event, 'delivery', d.id::text, d.vendor_id, moved.data
  from app.outbox as o
  join public.webhook_endpoints as e on e.vendor_id = o.vendor_id
  join public.webhook_deliveries as d on d.id = extensions.uuid_generate_v5(e.id, o.event_id::text)
  cross join lateral (
    values
      (d.created_at, 'delivery.queued', jsonb_build_object('event_type', d.event_type)),
      (
        d.finished_at, 'delivery.' || d.status,
        jsonb_strip_nulls(jsonb_build_object('attempts', d.attempts_total, 'last_error', d.last_error))
      )
  ) as moved (at, event, data)
  where o.super_id = workflow_entries.super_id and moved.at is not null
  union all
  select
    a.started_at, 'delivery.attempted', 'delivery', a.delivery_id::text, a.vendor_id,
    jsonb_strip_nulls(jsonb_build_object(
      'attempt', a.attempt, 'status_code', a.status_code, 'duration_ms', a.duration_ms, 'error', a.error
    ))
  from app.outbox as o
  join public.webhook_endpoints as e on e.vendor_id = o.vendor_id
  join public.webhook_deliveries as d on d.id = extensions.uuid_generate_v5(e.id, o.event_id::text)
  cross join lateral app.webhook_delivery_attempts(d) as a
  where o.super_id = workflow_entries.super_id;
end;
$$;
comment on function app.workflow_entries is 'What is recorded under a super id: one row for each thing that happened.';
