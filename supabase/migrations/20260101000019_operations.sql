-- Generated from sql/operations/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/operations/app_get_workflow.sql
-- The whole story of one super id, as far as the caller may know it: superadmins and the service key all of it, the
-- service client that asked for the id as well (with super_id:read), members what belongs to their vendor. To everyone
-- else it does not exist. Definer, because it reads what no caller may read whole.
create or replace function app.get_workflow(super_id uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_most constant int := 1000;
  v_claims jsonb := app.current_claims();
  v_vendor_id uuid := case when app.has_role('vendor_viewer') then app.current_vendor_id() end;
  v_record public.generated_super_ids;
  v_whole boolean;
  v_count bigint;
  v_timeline jsonb;
begin
  select g.* into v_record from public.generated_super_ids as g where g.super_id = get_workflow.super_id;
  v_whole := app.is_service() or app.is_platform_admin() or (
    app.has_permission('super_id:read')
    and v_record.requested_by_client_id in (v_claims ->> 'appwrite_user_id', v_claims ->> 'client_id')
  );
  select count(*), jsonb_agg(
    jsonb_build_object(
      'at', e.at, 'event', e.event, 'entity', e.entity, 'entity_id', e.entity_id, 'vendor_id', e.vendor_id,
      'data', e.data
    )
    order by e.place
  ) filter (where e.place <= v_most)
  into v_count, v_timeline
  from (
    select w.*, row_number() over (
      order by
        w.at, array_position(array['super_id', 'job', 'generation_run', 'event', 'delivery'], w.entity), w.entity_id,
        w.event
    ) as place
    from app.workflow_entries(get_workflow.super_id) as w
    where v_whole or w.vendor_id = v_vendor_id
  ) as e;
  if v_count = 0 then
    perform app.raise_problem(404, 'not-found', 'There is no such workflow.');
  end if;
  return jsonb_build_object(
    'super_id', get_workflow.super_id,
    'generated_at', v_record.generated_at,
    'requested_by_client_id', case when v_whole then v_record.requested_by_client_id end,
    'metadata', case when v_whole then v_record.metadata end,
    'timeline', v_timeline,
    'truncated', v_count > v_most
  );
end;
$$;
comment on function app.get_workflow is
  'The timeline of a super id; problem 404 for those it is none of their business.';
grant execute on function app.get_workflow to authenticated, service_role;

-- sql/operations/get_workflow.sql
-- The door to app.get_workflow.
create or replace function public.get_workflow(super_id uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_workflow(get_workflow.super_id);
$$;
comment on function public.get_workflow is
  'What happened under a super id, in order: {"super_id", "generated_at", "requested_by_client_id", "metadata", '
  '"timeline", "truncated"}; problem 404 unless it is the caller''s or their vendor''s.';
grant execute on function public.get_workflow to authenticated, service_role;

-- sql/operations/workflow_entries.sql
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
  join public.webhook_deliveries as d on d.endpoint_id = e.id and d.event_id = o.event_id
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
  join public.webhook_deliveries as d on d.endpoint_id = e.id and d.event_id = o.event_id
  join public.webhook_attempts as a on a.delivery_id = d.id
  where o.super_id = workflow_entries.super_id;
end;
$$;
comment on function app.workflow_entries is 'What is recorded under a super id: one row for each thing that happened.';

-- sql/operations/workflow_indexes.sql
-- What finds the parts of a workflow by its super id.
create index if not exists ingestion_jobs_super_id_idx on public.ingestion_jobs (super_id);
create index if not exists outbox_super_id_idx on app.outbox (super_id) where super_id is not null;
