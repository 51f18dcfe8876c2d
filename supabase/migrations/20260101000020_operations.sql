-- Generated from sql/operations/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/operations/cron_values.sql
-- One field of a cron expression as the numbers it stands for: *, 5, 1-5, */10, 10-50/20 and lists of these.
create or replace function app.cron_values(field text, lowest int, highest int)
returns int[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_part text;
  v_found text[];
  v_first int;
  v_last int;
  v_step int;
  v_values int[] := '{}';
begin
  foreach v_part in array string_to_array(cron_values.field, ',') loop
    v_found := regexp_match(v_part, '^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?$');
    v_first := coalesce(v_found[1]::int, lowest);
    v_last := case
      when v_found[2] is not null then v_found[2]::int
      when v_found[1] is null or v_found[3] is not null then highest
      else v_first
    end;
    v_step := coalesce(v_found[3]::int, 1);
    if v_found is null or v_first < lowest or v_last > highest or v_first > v_last or v_step = 0 then
      raise exception '% is no field of a cron expression from % to %', quote_literal(v_part), lowest, highest
        using errcode = 'invalid_parameter_value';
    end if;
    v_values := v_values || array(select n from generate_series(v_first, v_last, v_step) as n);
  end loop;
  return array(select distinct v from unnest(v_values) as v order by v);
end;
$$;
comment on function app.cron_values is 'The numbers that a field of a cron expression stands for, in order.';

-- sql/operations/next_cron_time.sql
-- When a cron expression, read as pg_cron reads it, comes due next: five fields in UTC, or "N seconds". With both a day
-- of the month and a day of the week given, either will do. Refuses what it cannot read and what never comes.
create or replace function app.next_cron_time(expression text, after timestamptz)
returns timestamptz
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_after constant timestamp := next_cron_time.after at time zone 'utc';
  v_seconds constant int := substring(expression from '^([1-9]|[1-5]\d) seconds$')::int;
  v_fields constant text[] := regexp_split_to_array(expression, ' +');
  v_minutes int[];
  v_hours int[];
  v_days int[];
  v_months int[];
  v_weekdays int[];
  v_day timestamp;
  v_time timestamp;
begin
  if v_seconds is not null then
    return next_cron_time.after + make_interval(secs => v_seconds);
  end if;
  if cardinality(v_fields) <> 5 then
    raise exception '% is neither a cron expression nor "N seconds"', quote_literal(expression)
      using errcode = 'invalid_parameter_value';
  end if;
  v_minutes := app.cron_values(v_fields[1], 0, 59);
  v_hours := app.cron_values(v_fields[2], 0, 23);
  v_days := app.cron_values(v_fields[3], 1, 31);
  v_months := app.cron_values(v_fields[4], 1, 12);
  v_weekdays := app.cron_values(v_fields[5], 0, 7);
  -- Nine years hold every 29th of February, whatever the century.
  for v_offset in 0 .. 9 * 366 loop
    v_day := date_trunc('day', v_after) + make_interval(days => v_offset);
    continue when extract(month from v_day)::int <> all (v_months)
      or case
        when left(v_fields[3], 1) = '*' or left(v_fields[5], 1) = '*' then
          extract(day from v_day)::int <> all (v_days)
          or (extract(dow from v_day)::int <> all (v_weekdays) and extract(isodow from v_day)::int <> all (v_weekdays))
        else
          extract(day from v_day)::int <> all (v_days)
          and extract(dow from v_day)::int <> all (v_weekdays) and extract(isodow from v_day)::int <> all (v_weekdays)
      end;
    select min(v_day + make_interval(hours => h, mins => m)) into v_time
    from unnest(v_hours) as h
    cross join unnest(v_minutes) as m
    where v_day + make_interval(hours => h, mins => m) > v_after;
    if v_time is not null then
      return v_time at time zone 'utc';
    end if;
  end loop;
  raise exception '% never comes', quote_literal(expression) using errcode = 'invalid_parameter_value';
end;
$$;
comment on function app.next_cron_time is 'The first time after another at which a cron expression is due.';

-- sql/operations/schedules.sql
-- What happens by itself, and when: the one list of it. pg_cron runs it where it exists (app.install_schedules),
-- otherwise the worker (app.run_due_schedules). `call` is an expression that does a bounded piece of work and says how
-- much; it may use $1 = batch, $2 = keep, $3 = the present time. Operators change cron, batch, keep and active.
create table app.schedules (
  name text not null,
  cron text not null,
  call text not null,
  description text not null,
  batch int,
  keep interval,
  only_cron boolean not null default false,
  active boolean not null default true,
  next_run_at timestamptz not null default now(),
  last_run_at timestamptz,
  last_status text,
  last_duration_ms int,
  last_count bigint,
  last_error text,
  constraint schedules_pkey primary key (name),
  constraint name_is_a_code check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint cron_is_a_cron_expression check (app.next_cron_time(cron, '2000-01-01 00:00+00') is not null),
  constraint batch_is_positive check (batch > 0),
  constraint keep_is_positive check (keep > interval '0'),
  constraint status_is_known check (last_status in ('succeeded', 'failed')),
  constraint a_failed_run_says_why check (last_status is distinct from 'failed' or last_error is not null)
);
comment on table app.schedules is 'What is done on a schedule: what it calls, how much at once, how it last went.';
comment on column app.schedules.name is 'Names the schedule; its pg_cron job is odyssey_<name>.';
comment on column app.schedules.cron is 'Five cron fields in UTC, or "N seconds" with N from 1 to 59.';
comment on column app.schedules.call is 'Expression that does the work and counts it: $1 batch, $2 keep, $3 the time.';
comment on column app.schedules.description is 'What it does, for operators.';
comment on column app.schedules.batch is
  'The most one run does; a run that did as much is due again at once. Null: the work is small by nature.';
comment on column app.schedules.keep is 'How long what it removes is kept; null where it removes nothing by age.';
comment on column app.schedules.only_cron is 'For pg_cron alone: what wakes the worker cannot be the worker''s own.';
comment on column app.schedules.active is 'False: neither pg_cron nor the worker runs it.';
comment on column app.schedules.next_run_at is 'When the worker runs it next.';
comment on column app.schedules.last_run_at is 'When it last ran, whether it found something to do or not.';
comment on column app.schedules.last_status is 'succeeded or failed; null before the first run.';
comment on column app.schedules.last_duration_ms is 'How long that took.';
comment on column app.schedules.last_count is 'How much it did; null when it failed.';
comment on column app.schedules.last_error is 'SQLSTATE and message of the last run, if it failed.';
alter table app.schedules enable row level security;
alter table app.schedules force row level security;

-- sql/operations/add_buckets.sql
-- Adds two histograms bucket by bucket.
create or replace function app.add_buckets(a bigint[], b bigint[])
returns bigint[]
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select array_agg(pair.x + pair.y order by pair.place)
  from unnest(add_buckets.a, add_buckets.b) with ordinality as pair (x, y, place);
$$;
comment on function app.add_buckets is 'The sum of two histograms of the same length.';

-- sql/operations/alert_rules.sql
-- What is worth waking somebody for: each rule holds a measure of app.alert_measures against a threshold. Kept as data,
-- so that a threshold is changed by an update and not by a release.
create table public.alert_rules (
  code text not null,
  metric text not null,
  subject text,
  comparison text not null,
  threshold numeric not null,
  for_minutes int not null default 0,
  severity text not null,
  summary text not null,
  runbook text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint alert_rules_pkey primary key (code),
  constraint code_has_its_form check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint metric_has_its_form check (metric ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint comparison_is_known check (comparison in ('>', '>=', '<', '<=')),
  constraint severity_is_known check (severity in ('warning', 'critical')),
  constraint for_minutes_is_within_a_day check (for_minutes between 0 and 1440),
  constraint runbook_is_a_slug check (runbook ~ '^[a-z][a-z0-9_]{0,62}$')
);
comment on table public.alert_rules is
  'Rules that make alerts. Superadmins read them; the platform changes threshold, for_minutes, severity and active.';
comment on column public.alert_rules.code is 'Names the rule.';
comment on column public.alert_rules.metric is 'The measure it looks at, of app.alert_measures.';
comment on column public.alert_rules.subject is
  'The one subject it looks at, such as a queue; null: each subject of the measure by itself.';
comment on column public.alert_rules.comparison is 'The alert is on while `value comparison threshold` holds.';
comment on column public.alert_rules.threshold is 'What the value is compared with, in the unit of the measure.';
comment on column public.alert_rules.for_minutes is 'How long it must hold before the alert fires.';
comment on column public.alert_rules.severity is 'warning: within the working day; critical: now.';
comment on column public.alert_rules.summary is 'What it means, in a sentence.';
comment on column public.alert_rules.runbook is 'What to do: the page docs/operations/<runbook>.md.';
comment on column public.alert_rules.active is 'Whether it is evaluated at all.';
comment on column public.alert_rules.created_at is 'When the rule was made.';
comment on column public.alert_rules.updated_at is 'When anything of it last changed.';

create trigger touch_updated_at_trigger
before update on public.alert_rules
for each row execute function app.touch_updated_at();

alter table public.alert_rules enable row level security;
alter table public.alert_rules force row level security;
create policy "superadmins read the rules" on public.alert_rules
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.alert_rules to authenticated, service_role;
grant update (threshold, for_minutes, severity, active) on public.alert_rules to service_role;

-- sql/operations/seed_alert_rules.sql
-- The rules the platform comes with: the service levels, the targets of the services, the alerts on lookups, and what
-- shows that work stands still. They are there before the trigger that audits changes: what comes with them is none.
insert into public.alert_rules
  (code, metric, subject, comparison, threshold, for_minutes, severity, summary, runbook)
values
  ('error_rate', 'error_rate', null, '>', 0.01, 5, 'critical',
    'More than 1 % of a service''s requests fail.', 'error_rate'),
  ('error_rate_rollback', 'error_rate', null, '>', 0.05, 1, 'critical',
    'More than 5 % of a service''s requests fail: the mark at which a release is taken back.', 'error_rate'),
  ('availability', 'error_rate_hour', null, '>', 0.0144, 0, 'critical',
    'At the error rate of the last hour a month''s 99.9 % are used up within two days.', 'error_rate'),
  ('slow_responses', 'p95_ms', null, '>', 500, 10, 'warning',
    'The 95th percentile of a service is above 500 ms.', 'slow_responses'),
  ('slow_matches', 'route_p95_ms', 'GET /api/v1/matches/{customer_id}', '>', 500, 10, 'warning',
    'The 95th percentile of matches is above the service level of 500 ms.', 'slow_responses'),
  ('slow_search', 'route_p95_ms', 'GET /api/v1/search/products', '>', 300, 10, 'warning',
    'The 95th percentile of search is above the service level of 300 ms.', 'slow_responses'),
  ('slow_product_lists', 'route_p95_ms', 'GET /api/v1/products', '>', 300, 10, 'warning',
    'The 95th percentile of product lists is above the service level of 300 ms.', 'slow_responses'),
  ('slow_customer_lists', 'route_p95_ms', 'GET /api/v1/customers', '>', 300, 10, 'warning',
    'The 95th percentile of customer lists is above the service level of 300 ms.', 'slow_responses'),
  ('slow_super_ids', 'route_p95_ms', 'POST /super_ids', '>', 150, 10, 'warning',
    'The 95th percentile of making super ids is above the target of 150 ms.', 'slow_responses'),
  ('queue_lag', 'queue_oldest_age_seconds', null, '>', 300, 5, 'critical',
    'The oldest entry of a queue has waited more than five minutes: its worker stands still or cannot keep up.',
    'queue_lag'),
  ('queue_depth', 'queue_depth', null, '>', 10000, 15, 'warning',
    'More than 10,000 entries wait in a queue.', 'queue_lag'),
  ('failed_jobs', 'jobs_failed_last_hour', null, '>', 5, 0, 'warning',
    'More than five jobs failed within an hour.', 'failed_jobs'),
  ('generation_failures', 'generation_failed_share', null, '>', 0.05, 0, 'warning',
    'More than 5 % of the synthetic users of the last hour could not be made.', 'generation_retries'),
  ('generation_retries', 'generation_retry_share', null, '>', 0.1, 0, 'warning',
    'More than one try in ten at making a synthetic user had to be repeated within the last hour.',
    'generation_retries'),
  ('slow_ingest', 'oldest_running_job_seconds', null, '>', 2700, 0, 'warning',
    'A job has run longer than the 45 minutes the largest file may take.', 'slow_ingest'),
  ('dead_deliveries', 'deliveries_dead_last_hour', null, '>', 0, 0, 'warning',
    'Deliveries to webhooks were given up within the last hour.', 'dead_deliveries'),
  ('lookup_latency', 'lookup_avg_ms', null, '>', 100, 0, 'warning',
    'Service lookups take more than 100 ms on average.', 'lookup_latency'),
  ('lookup_success', 'lookup_success_rate', null, '<', 0.9, 0, 'critical',
    'Less than 90 % of service lookups find their uuid.', 'lookup_success'),
  ('lookup_fallback', 'lookup_fallback_rate', null, '>', 0.2, 0, 'warning',
    'More than 20 % of service lookups fall back to the slug.', 'lookup_fallback'),
  ('lookup_circuit_open', 'lookup_open_circuits', null, '>', 0, 0, 'warning',
    'A circuit before the database is open: lookups are answered with the slug alone.', 'lookup_circuit_open'),
  ('replica_lag', 'replica_lag_seconds', null, '>', 30, 5, 'warning',
    'The read replica is more than 30 seconds behind: reads go to the primary.', 'replica_lag'),
  ('replica_behind', 'replica_lag_bytes', null, '>', 268435456, 5, 'warning',
    'The read replica has more than 256 MiB of log to replay: it stands still or cannot keep up.', 'replica_lag'),
  ('failed_schedules', 'schedules_failed', null, '>', 0, 5, 'warning',
    'A scheduled chore failed at its last run.', 'failed_schedules'),
  ('audit_unsealed', 'audit_oldest_unsealed_seconds', null, '>', 600, 5, 'critical',
    'An audit entry has been without a seal for more than ten minutes.', 'audit_unsealed'),
  ('rate_limit_refusals', 'rate_limited_share', null, '>', 0.2, 10, 'warning',
    'More than a fifth of a service''s requests are refused by rate limits.', 'rate_limit_refusals'),
  ('database_connections', 'connections_used_share', null, '>', 0.8, 5, 'critical',
    'More than 80 % of the database''s connections are in use.', 'database_connections')
on conflict on constraint alert_rules_pkey do nothing;

-- sql/operations/alerts.sql
-- What the rules found: an alert is pending while its condition holds but not long enough yet, then firing, then
-- resolved. One that passes before it fires leaves nothing. At most one alert of a rule and subject is open.
create table public.alerts (
  id uuid not null default gen_random_uuid(),
  rule_code text not null,
  subject text not null default '',
  status text not null,
  severity text not null,
  value numeric not null,
  threshold numeric not null,
  started_at timestamptz not null default now(),
  fired_at timestamptz,
  resolved_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint alerts_pkey primary key (id),
  constraint rule_exists foreign key (rule_code) references public.alert_rules (code) on delete cascade,
  constraint alert_status_is_valid check (status in ('pending', 'firing', 'resolved')),
  constraint a_fired_alert_says_when check ((status = 'pending') = (fired_at is null)),
  constraint a_resolved_alert_says_when check ((status = 'resolved') = (resolved_at is not null))
);
create unique index alerts_one_open_idx on public.alerts (rule_code, subject) where status <> 'resolved';
create index alerts_rule_code_idx on public.alerts (rule_code);
create index alerts_started_at_idx on public.alerts (started_at desc, id desc);
comment on table public.alerts is 'Alerts, open and past. Superadmins read them; app.evaluate_alerts writes them.';
comment on column public.alerts.id is 'Names the alert.';
comment on column public.alerts.rule_code is 'The rule that made it.';
comment on column public.alerts.subject is 'What it is about, such as a queue; empty for the whole platform.';
comment on column public.alerts.status is 'pending, firing or resolved.';
comment on column public.alerts.severity is 'The rule''s severity, as it was when the alert was last evaluated.';
comment on column public.alerts.value is 'The last value at which the condition held.';
comment on column public.alerts.threshold is 'The threshold it was held against.';
comment on column public.alerts.started_at is 'When the condition was first seen to hold.';
comment on column public.alerts.fired_at is 'When it had held long enough; null while pending.';
comment on column public.alerts.resolved_at is 'When it no longer held; null until then.';
comment on column public.alerts.updated_at is 'When it was last evaluated.';

alter table public.alerts enable row level security;
alter table public.alerts force row level security;
create policy "superadmins read the alerts" on public.alerts
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.alerts to authenticated, service_role;

-- sql/operations/alert_measures.sql
-- Everything an alert rule can look at, as it is now: one row for each measure and subject (empty for the platform as a
-- whole). What cannot be measured has no row, and no alert.
create or replace function app.alert_measures()
returns table (metric text, subject text, value numeric)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_lookups record := app.lookup_figures();
  v_replica record := app.replica_lag();
  v_generation record := app.generation_figures(interval '1 hour');
begin
  return query
  select m.metric, m.subject, m.value from app.request_measures() as m
  union all
  select measure.metric, q.name, measure.value
  from app.queue_metrics() as q
  cross join lateral (
    values ('queue_depth', q.depth::numeric), ('queue_oldest_age_seconds', q.oldest_age_seconds::numeric)
  ) as measure (metric, value)
  union all
  select 'jobs_failed_last_hour', '', count(*)::numeric
  from (
    select from public.ingestion_jobs as j
    where j.status = 'failed' and j.finished_at > now() - interval '1 hour'
    union all
    select from public.generation_runs as r
    where r.status = 'failed' and r.finished_at > now() - interval '1 hour'
  ) as failed
  union all
  select 'oldest_running_job_seconds', '', round(extract(epoch from now() - min(j.started_at)))
  from public.ingestion_jobs as j
  where j.finished_at is null and j.status = 'running'
  union all
  select 'deliveries_dead_last_hour', '', count(*)::numeric
  from public.webhook_deliveries as d
  where d.status = 'dead' and d.finished_at > now() - interval '1 hour'
  union all
  select measure.metric, '', measure.value
  from (
    values
      ('generation_retry_share', round(v_generation.retries::numeric / nullif(v_generation.users, 0), 4)),
      ('generation_failed_share', round(v_generation.failed::numeric / nullif(v_generation.users, 0), 4)),
      ('lookup_avg_ms', v_lookups.avg_ms),
      ('lookup_success_rate', v_lookups.success_rate),
      ('lookup_fallback_rate', v_lookups.fallback_rate),
      ('lookup_open_circuits', v_lookups.open_circuits::numeric),
      ('replica_lag_seconds', v_replica.seconds),
      ('replica_lag_bytes', v_replica.bytes)
  ) as measure (metric, value)
  union all
  select 'audit_oldest_unsealed_seconds', '', a.oldest_unsealed_seconds::numeric from app.audit_figures() as a
  union all
  select 'schedules_failed', '', count(*)::numeric
  from app.schedules as c
  where c.active and c.last_status = 'failed'
  union all
  select
    'connections_used_share', '', round(sum(c.count) / current_setting('max_connections')::numeric, 4)
  from app.connection_counts() as c;
end;
$$;
comment on function app.alert_measures is 'The present value of every measure that alert rules can name, by subject.';

-- sql/operations/app_get_operations_overview.sql
-- The operators' page in one answer. Counts alone: no tenant's data, no names. Definer, because the figures come from
-- tables that nobody may read.
create or replace function app.get_operations_overview()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_jobs jsonb;
  v_deliveries record;
  v_lookups record;
  v_audit record;
begin
  perform app.require_platform();
  select coalesce(jsonb_object_agg(j.status, j.count), '{}') into v_jobs
  from (select c.status, sum(c.count) as count from app.job_counts() as c group by c.status) as j;
  v_deliveries := app.delivery_counts();
  v_lookups := app.lookup_figures();
  v_audit := app.audit_figures();
  return jsonb_build_object(
    'generated_at', now(),
    'requests', (select jsonb_agg(to_jsonb(r) order by r.minute) from app.request_minutes() as r),
    'queues', (select jsonb_agg(to_jsonb(q) order by q.name) from app.queue_metrics() as q),
    'jobs', jsonb_build_object(
      'queued', coalesce(v_jobs -> 'queued', '0'),
      'running', coalesce(v_jobs -> 'running', '0'),
      'failed_24h', coalesce(v_jobs -> 'failed', '0'),
      'completed_24h', coalesce(v_jobs -> 'completed', '0')
    ),
    'deliveries', to_jsonb(v_deliveries),
    'lookups', jsonb_build_object(
      'hit_rate', v_lookups.hit_rate, 'fallback_rate', v_lookups.fallback_rate, 'breaker', v_lookups.breaker
    ),
    'audit', jsonb_build_object('unsealed', v_audit.unsealed, 'last_sealed_at', v_audit.last_sealed_at),
    'alerts_firing', (select count(*) from public.alerts as a where a.status = 'firing')
  );
end;
$$;
comment on function app.get_operations_overview is 'The figures of the operators'' page; for the platform.';
grant execute on function app.get_operations_overview to authenticated, service_role;

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

-- sql/operations/audit_figures.sql
-- How far the sealing of the audit log is behind.
create or replace function app.audit_figures(
  out unsealed bigint,
  out oldest_unsealed_seconds int,
  out last_sealed_at timestamptz
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_head jsonb := app.audit_head();
begin
  unsealed := v_head ->> 'unsealed';
  oldest_unsealed_seconds := coalesce(
    extract(epoch from now() - (v_head ->> 'oldest_unsealed')::timestamptz), 0
  );
  select s.audit_timestamp into last_sealed_at
  from app.audit_seals as s
  where s.seq = (v_head ->> 'seq')::bigint;
end;
$$;
comment on function app.audit_figures is
  'Audit rows without a seal, the age of the oldest in seconds (0 without any), and the time of the newest sealed row.';

-- sql/operations/connection_counts.sql
-- Connections of clients to the database by state.
create or replace function app.connection_counts()
returns table (state text, count bigint)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select coalesce(a.state, 'unknown'), count(*)
  from pg_catalog.pg_stat_activity as a
  where a.backend_type = 'client backend'
  group by 1
  order by 1;
end;
$$;
comment on function app.connection_counts is 'Client connections by state: active, idle, idle in transaction, ...';

-- sql/operations/count_waiting_messages.sql
-- How many queued steps could be taken now, over all queues, counted no further than `most`: what decides how many
-- workers are woken.
create or replace function app.count_waiting_messages(most int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_queue text;
  v_found int;
  v_count int := 0;
begin
  for v_queue in select q.queue_name from pgmq.list_queues() as q loop
    execute format('select count(*) from (select from pgmq.%I where vt <= $1 limit $2) as w', 'q_' || v_queue)
    into v_found using at, most;
    v_count := v_count + v_found;
    exit when v_count >= most;
  end loop;
  return least(v_count, most);
end;
$$;
comment on function app.count_waiting_messages is 'Queued messages that a worker could take now, up to `most`.';

-- sql/operations/delivery_counts.sql
-- How webhook deliveries stand, each figure from an index of its own: delivered ones are those that ended and did not
-- die.
create or replace function app.delivery_counts(
  out pending bigint,
  out delivered_24h bigint,
  out failed_24h bigint,
  out dead bigint
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select count(*) into pending from app.webhook_queue;
  select pending + count(*) into pending
  from public.webhook_deliveries as d
  where d.status = 'blocked' and d.entity is not null;
  select count(*), count(*) filter (where d.finished_at > now() - interval '1 day') into dead, failed_24h
  from public.webhook_deliveries as d
  where d.status = 'dead';
  select count(*) - failed_24h into delivered_24h
  from public.webhook_deliveries as d
  where d.finished_at > now() - interval '1 day';
end;
$$;
comment on function app.delivery_counts is
  'Deliveries: waiting now, delivered and given up in the last 24 hours, and given up in all (the dead letters).';

-- sql/operations/evaluate_alerts.sql
-- Holds every active rule against what is measured now and moves its alerts: new ones begin pending, those that hold
-- long enough fire, firing ones that no longer hold are resolved, pending ones that pass are forgotten. One statement
-- reads, three write; the rules bound it. Each alert that fires or is resolved is one line in the database's log. Of
-- two callers at the same time one evaluates, the other returns at once. Called by the schedule once a minute.
create or replace function app.evaluate_alerts(at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changed public.alerts[];
  v_alert public.alerts;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.evaluate_alerts', 0)) then
    return 0;
  end if;
  with holding as materialized (
    select r.code, coalesce(m.subject, '') as subject, r.severity, r.threshold, r.for_minutes, m.value
    from public.alert_rules as r
    join app.alert_measures() as m on m.metric = r.metric and (r.subject is null or m.subject = r.subject)
    where r.active and case r.comparison
      when '>' then m.value > r.threshold
      when '>=' then m.value >= r.threshold
      when '<' then m.value < r.threshold
      when '<=' then m.value <= r.threshold
    end
  ),
  passed as (
    delete from public.alerts as a
    where a.status = 'pending'
      and not exists (select from holding as h where (h.code, h.subject) = (a.rule_code, a.subject))
  ),
  resolved as (
    update public.alerts as a
    set status = 'resolved', resolved_at = evaluate_alerts.at, updated_at = evaluate_alerts.at
    where a.status = 'firing'
      and not exists (select from holding as h where (h.code, h.subject) = (a.rule_code, a.subject))
    returning a
  ),
  continued as (
    update public.alerts as a
    set
      status = case
        when a.started_at <= evaluate_alerts.at - make_interval(mins => h.for_minutes) then 'firing' else a.status
      end,
      fired_at = case
        when a.started_at <= evaluate_alerts.at - make_interval(mins => h.for_minutes)
          then coalesce(a.fired_at, evaluate_alerts.at)
        else a.fired_at
      end,
      value = h.value,
      threshold = h.threshold,
      severity = h.severity,
      updated_at = evaluate_alerts.at
    from holding as h
    where (a.rule_code, a.subject) = (h.code, h.subject) and a.status <> 'resolved'
    returning a
  ),
  begun as (
    insert into public.alerts (
      rule_code, subject, status, severity, value, threshold, started_at, fired_at, updated_at
    )
    select
      h.code, h.subject, case when h.for_minutes = 0 then 'firing' else 'pending' end, h.severity, h.value,
      h.threshold, evaluate_alerts.at, case when h.for_minutes = 0 then evaluate_alerts.at end, evaluate_alerts.at
    from holding as h
    where not exists (
      select from public.alerts as a
      where (a.rule_code, a.subject) = (h.code, h.subject) and a.status <> 'resolved'
    )
    returning alerts
  )
  select array_agg(c.a order by (c.a).rule_code, (c.a).subject) into v_changed
  from (
    select a from resolved
    union all
    select a from continued where (a).fired_at = evaluate_alerts.at and (a).status = 'firing'
    union all
    select alerts from begun where (alerts).status = 'firing'
  ) as c (a);
  foreach v_alert in array coalesce(v_changed, '{}') loop
    perform app.log_alert(v_alert);
  end loop;
  return coalesce(cardinality(v_changed), 0);
end;
$$;
comment on function app.evaluate_alerts is
  'Evaluates the alert rules; returns how many alerts fired or were resolved. For the schedule.';

-- sql/operations/get_operations_overview.sql
-- The door to app.get_operations_overview.
create or replace function public.get_operations_overview()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_operations_overview();
$$;
comment on function public.get_operations_overview is
  'Requests of the last hour by minute, queues, jobs, deliveries, lookups, audit chain and firing alerts; counts '
  'alone. For superadmins and the service key.';
grant execute on function public.get_operations_overview to authenticated, service_role;

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

-- sql/operations/histogram_quantile.sql
-- The value below which a share of a latency histogram lies, in milliseconds: evenly spread within its bucket, as
-- Prometheus estimates it. What lies above the last bound counts as that bound.
create or replace function app.histogram_quantile(buckets bigint[], quantile numeric)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_bounds constant int[] := app.latency_bounds_ms();
  v_rank numeric;
  v_below numeric := 0;
  v_lower numeric;
begin
  select sum(b) * quantile into v_rank from unnest(buckets) as b;
  if v_rank is null or v_rank = 0 then
    return null;
  end if;
  for v_place in 1 .. cardinality(v_bounds) loop
    if v_below + buckets[v_place] >= v_rank then
      v_lower := coalesce(v_bounds[v_place - 1], 0);
      return round(v_lower + (v_bounds[v_place] - v_lower) * (v_rank - v_below) / buckets[v_place], 1);
    end if;
    v_below := v_below + buckets[v_place];
  end loop;
  return v_bounds[cardinality(v_bounds)];
end;
$$;
comment on function app.histogram_quantile is
  'Estimates a quantile (0 to 1) of a latency histogram in milliseconds; null for an empty one.';

-- sql/operations/install_schedules.sql
-- Makes pg_cron's jobs those of app.schedules: one job odyssey_<name> for each active schedule, none for the others.
-- Changes only what differs, and nothing without pg_cron; returns how many jobs it changed. Jobs of others are left
-- alone.
create or replace function app.install_schedules()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job record;
  v_changed int := 0;
begin
  if to_regprocedure('cron.schedule(text,text,text)') is null then
    return 0;
  end if;
  for v_job in
    select j.jobname::text as name
    from cron.job as j
    where j.jobname like 'odyssey\_%'
      and not exists (select from app.schedules as s where s.active and 'odyssey_' || s.name = j.jobname)
  loop
    perform cron.unschedule(v_job.name);
    v_changed := v_changed + 1;
  end loop;
  for v_job in
    select 'odyssey_' || s.name as name, s.cron, format('select app.run_schedule(%L)', s.name) as command
    from app.schedules as s
    where s.active
  loop
    continue when exists (
      select from cron.job as j
      where j.jobname = v_job.name and j.schedule = v_job.cron and j.command = v_job.command
    );
    perform cron.schedule(v_job.name, v_job.cron, v_job.command);
    v_changed := v_changed + 1;
  end loop;
  return v_changed;
end;
$$;
comment on function app.install_schedules is
  'Brings pg_cron''s jobs in line with app.schedules; returns how many it changed, 0 without pg_cron.';

-- sql/operations/job_counts.sql
-- How many jobs there are by kind and state: open ones now, ended ones of the last day.
create or replace function app.job_counts()
returns table (kind text, status text, count bigint)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select k.kind, k.status, count(*)
  from (
    select j.mode as kind, j.status from public.ingestion_jobs as j where j.finished_at is null
    union all
    select j.mode, j.status from public.ingestion_jobs as j where j.finished_at > now() - interval '1 day'
    union all
    select 'generation', r.status
    from public.generation_runs as r
    where r.finished_at is null or r.finished_at > now() - interval '1 day'
  ) as k
  group by k.kind, k.status
  order by k.kind, k.status;
end;
$$;
comment on function app.job_counts is
  'Jobs by kind (products, customers, api_sync, generation) and state; ended ones of the last 24 hours.';

-- sql/operations/job_row_counts.sql
-- What the ingestion jobs that ended in the last day did with rows, by mode: the throughput of ingestion.
create or replace function app.job_row_counts()
returns table (kind text, outcome text, count numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select j.mode, t.key, sum(t.value::numeric)
  from public.ingestion_jobs as j
  cross join lateral jsonb_each_text(j.totals) as t (key, value)
  where j.finished_at > now() - interval '1 day'
    and t.key in ('rows_read', 'rows_failed', 'inserted', 'updated', 'unchanged')
  group by j.mode, t.key
  order by j.mode, t.key;
end;
$$;
comment on function app.job_row_counts is
  'Rows of ingestion jobs that ended in the last 24 hours by mode and outcome (rows_read, inserted, ...).';

-- sql/operations/latency_bounds_ms.sql
-- The upper bounds of the latency histogram's buckets in milliseconds; one more bucket holds what took longer. They
-- hold the targets of the service levels (150, 200, 300, 500), so that each can be told from the histogram exactly. The
-- functions count by the same list (functions/_shared/metrics/latency_bounds.ts).
create or replace function app.latency_bounds_ms()
returns int[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array[5, 10, 25, 50, 100, 150, 200, 300, 500, 1000, 2500, 5000, 10000];
$$;
comment on function app.latency_bounds_ms is
  'Upper bounds of the latency buckets in milliseconds, but for the last one, which has none.';

-- sql/operations/list_alerts.sql
-- Alerts, newest first, each with what its rule says. An invoker: row level security is the second lock.
create or replace function public.list_alerts(
  status text default null,
  severity text default null,
  rule text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_scope text;
  v_after jsonb;
  v_alerts public.alerts[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_alerts.status, '{pending, firing, resolved}');
  perform app.check_choice('severity', list_alerts.severity, '{warning, critical}');
  v_scope := concat_ws('/', 'alerts', app.current_subject(), app.fingerprint(
    jsonb_build_array(list_alerts.status, list_alerts.severity, list_alerts.rule)
  ));
  v_after := app.decode_cursor(v_scope, list_alerts.cursor);
  select array_agg(page.a order by (page.a).started_at desc, (page.a).id desc) into v_alerts
  from (
    select a
    from public.alerts as a
    where (list_alerts.status is null or a.status = list_alerts.status)
      and (list_alerts.severity is null or a.severity = list_alerts.severity)
      and (list_alerts.rule is null or a.rule_code = list_alerts.rule)
      and (
        v_after is null
        or (a.started_at, a.id) < ((v_after ->> 'started_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by a.started_at desc, a.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (
        select jsonb_agg(
          to_jsonb(a) || jsonb_build_object(
            'metric', r.metric, 'comparison', r.comparison, 'summary', r.summary,
            'runbook', 'docs/operations/' || r.runbook || '.md'
          )
          order by a.started_at desc, a.id desc
        )
        from unnest(v_alerts[:page_limit]) as a
        join public.alert_rules as r on r.code = a.rule_code
      ),
      '[]'
    ),
    'next_cursor', case when cardinality(v_alerts) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'started_at', v_alerts[page_limit].started_at, 'id', v_alerts[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_alerts is
  'Alerts by time, newest first, as {"data", "next_cursor"}; for superadmins and the service key.';
grant execute on function public.list_alerts to authenticated, service_role;

-- sql/operations/log_alert.sql
-- One line of JSON in the database's log about an alert that fired or was resolved, for whoever collects logs.
create or replace function app.log_alert(alert public.alerts)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise log 'alert %', jsonb_build_object(
    'event', 'alert.' || alert.status, 'rule', alert.rule_code, 'subject', alert.subject, 'severity', alert.severity,
    'value', alert.value, 'threshold', alert.threshold, 'started_at', alert.started_at, 'alert_id', alert.id
  );
end;
$$;
comment on function app.log_alert is 'Writes a line about an alert to the database''s log.';

-- sql/operations/lookup_figures.sql
-- How service lookups fared in the last hour: shares between 0 and 1 and the mean time, null without lookups. The
-- circuit before the database is each process's own; the worst that one said in the last fifteen minutes counts.
create or replace function app.lookup_figures(
  out lookups bigint,
  out hit_rate numeric,
  out fallback_rate numeric,
  out success_rate numeric,
  out avg_ms numeric,
  out open_circuits bigint,
  out breaker text
)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    count(*),
    round(count(*) filter (where (e.event_properties ->> 'cache_hit')::boolean) / nullif(count(*), 0)::numeric, 4),
    round(count(*) filter (where (e.event_properties ->> 'fallback_used')::boolean) / nullif(count(*), 0)::numeric, 4),
    round(count(*) filter (where (e.event_properties ->> 'success')::boolean) / nullif(count(*), 0)::numeric, 4),
    round(avg((e.event_properties ->> 'lookup_time_ms')::numeric), 3)
  into lookups, hit_rate, fallback_rate, success_rate, avg_ms
  from public.analytics_events as e
  where e.event_name = 'uuid_lookup' and e.created_at > now() - interval '1 hour';

  select
    count(*) filter (where last.state = 'open'),
    case
      when bool_or(last.state = 'open') then 'open'
      when bool_or(last.state = 'half_open') then 'half_open'
      when count(*) > 0 then 'closed'
    end
  into open_circuits, breaker
  from (
    select distinct on (e.event_properties ->> 'isolate') e.event_properties ->> 'state' as state
    from public.analytics_events as e
    where e.event_name = 'uuid_lookup_circuit' and e.created_at > now() - interval '15 minutes'
    order by e.event_properties ->> 'isolate', e.created_at desc, e.id desc
  ) as last;
end;
$$;
comment on function app.lookup_figures is
  'Service lookups of the last hour: count, hit, fallback and success rate (0 to 1), mean ms, and the state of the '
  'circuit (null where none spoke in the last fifteen minutes).';

-- sql/operations/metric_samples.sql
-- Every gauge of the platform as it is now: name, labels, value. The texts that explain them are the function's that
-- serves them (functions/_shared/metrics/families.ts). Labels are few by nature: queues, states, tables, rules.
create or replace function app.metric_samples()
returns table (name text, labels jsonb, value double precision)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_deliveries record := app.delivery_counts();
  v_lookups record := app.lookup_figures();
  v_audit record := app.audit_figures();
  v_replica record := app.replica_lag();
  v_generation record := app.generation_figures(interval '1 day');
begin
  return query
  select s.name, s.labels, s.value::double precision
  from (
    select measure.name, jsonb_build_object('queue', q.name) as labels, measure.value
    from app.queue_metrics() as q
    cross join lateral (
      values ('odyssey_queue_depth', q.depth::numeric), ('odyssey_queue_oldest_age_seconds', q.oldest_age_seconds)
    ) as measure (name, value)
    union all
    select
      case when j.status in ('queued', 'running') then 'odyssey_jobs' else 'odyssey_jobs_ended_last_day' end,
      jsonb_build_object('kind', j.kind, 'status', j.status), j.count
    from app.job_counts() as j
    union all
    select 'odyssey_job_rows_last_day', jsonb_build_object('kind', r.kind, 'outcome', r.outcome), r.count
    from app.job_row_counts() as r
    union all
    select 'odyssey_generation_users_last_day', jsonb_build_object('outcome', g.outcome), g.count
    from (
      values
        ('made', v_generation.users - v_generation.failed),
        ('failed', v_generation.failed),
        ('retries', v_generation.retries),
        ('duplicates', v_generation.duplicates),
        ('compensations', v_generation.compensations)
    ) as g (outcome, count)
    union all
    select d.name, jsonb_build_object('status', d.status), d.count
    from (
      values
        ('odyssey_webhook_deliveries', 'pending', v_deliveries.pending),
        ('odyssey_webhook_deliveries', 'dead', v_deliveries.dead),
        ('odyssey_webhook_deliveries_ended_last_day', 'delivered', v_deliveries.delivered_24h),
        ('odyssey_webhook_deliveries_ended_last_day', 'dead', v_deliveries.failed_24h)
    ) as d (name, status, count)
    union all
    select c.name, '{}', c.value
    from (
      values
        ('odyssey_lookups_last_hour', v_lookups.lookups::numeric),
        ('odyssey_lookup_hit_ratio', v_lookups.hit_rate),
        ('odyssey_lookup_fallback_ratio', v_lookups.fallback_rate),
        ('odyssey_lookup_success_ratio', v_lookups.success_rate),
        ('odyssey_lookup_mean_seconds', v_lookups.avg_ms / 1000),
        ('odyssey_lookup_open_circuits', v_lookups.open_circuits),
        ('odyssey_audit_unsealed_rows', v_audit.unsealed),
        ('odyssey_audit_oldest_unsealed_seconds', v_audit.oldest_unsealed_seconds),
        ('odyssey_audit_last_sealed_timestamp_seconds', extract(epoch from v_audit.last_sealed_at)),
        ('odyssey_database_connections_max', current_setting('max_connections')::numeric),
        ('odyssey_replica_lag_seconds', v_replica.seconds),
        ('odyssey_replica_lag_bytes', v_replica.bytes)
    ) as c (name, value)
    union all
    select 'odyssey_database_connections', jsonb_build_object('state', c.state), c.count
    from app.connection_counts() as c
    union all
    select measure.name, jsonb_build_object('table', t.name), measure.value
    from app.table_sizes as t
    cross join lateral (
      values
        ('odyssey_table_bytes', t.bytes),
        ('odyssey_table_rows', t.row_estimate),
        ('odyssey_table_partitions', t.partitions),
        ('odyssey_table_largest_partition_bytes', t.largest_partition_bytes)
    ) as measure (name, value)
    union all
    select 'odyssey_schedules_failed', '{}', count(*)
    from app.schedules as c
    where c.active and c.last_status = 'failed'
    union all
    select
      'odyssey_alerts', jsonb_build_object('rule', a.rule_code, 'severity', a.severity, 'status', a.status), count(*)
    from public.alerts as a
    where a.status <> 'resolved'
    group by a.rule_code, a.severity, a.status
  ) as s
  where s.value is not null;
end;
$$;
comment on function app.metric_samples is
  'Every gauge now: name, labels and value; what cannot be measured has no row.';

-- sql/operations/operations_indexes.sql
-- What lets the operators' figures be counted without reading whole tables.
create index if not exists ingestion_jobs_open_idx on public.ingestion_jobs (mode, status) where finished_at is null;
create index if not exists ingestion_jobs_finished_at_idx on public.ingestion_jobs (finished_at)
  where finished_at is not null;
create index if not exists webhook_deliveries_dead_idx on public.webhook_deliveries (finished_at)
  where status = 'dead';

-- sql/operations/purge_alerts.sql
-- Removes resolved alerts past their retention, a batch at a time. Open ones stay.
create or replace function app.purge_alerts(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.alerts as a
  where a.id in (
    select o.id from public.alerts as o
    where o.status = 'resolved' and o.started_at < purge_alerts.at - purge_alerts.keep
    order by o.started_at
    limit purge_alerts.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_alerts is
  'Removes up to max_rows resolved alerts that began longer ago than so; returns how many.';

-- sql/operations/purge_request_metrics.sql
-- Removes minutes past their retention, oldest first, a batch at a time. The totals stay: counters never go back.
create or replace function app.purge_request_metrics(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from app.request_metrics as m
  where (m.minute, m.service, m.route, m.method, m.status) in (
    select o.minute, o.service, o.route, o.method, o.status
    from app.request_metrics as o
    where o.minute < purge_request_metrics.at - purge_request_metrics.keep
    order by o.minute
    limit purge_request_metrics.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_request_metrics is
  'Removes up to max_rows minutes of request metrics older than so long; returns how many.';

-- sql/operations/purge_schedule_runs.sql
-- Removes old runs of schedules, and pg_cron's own record of its jobs where there is one: it keeps every run for ever.
create or replace function app.purge_schedule_runs(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
  v_removed_by_cron int := 0;
begin
  delete from app.schedule_runs as r
  where r.id in (
    select o.id from app.schedule_runs as o
    where o.started_at < purge_schedule_runs.at - purge_schedule_runs.keep
    order by o.started_at
    limit purge_schedule_runs.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  if to_regclass('cron.job_run_details') is not null then
    delete from cron.job_run_details as d
    where d.runid in (
      select o.runid from cron.job_run_details as o
      where o.end_time < purge_schedule_runs.at - purge_schedule_runs.keep
      limit purge_schedule_runs.max_rows
    );
    get diagnostics v_removed_by_cron = row_count;
  end if;
  return greatest(v_removed, v_removed_by_cron);
end;
$$;
comment on function app.purge_schedule_runs is
  'Removes up to max_rows runs older than so long, of ours and of pg_cron; the larger count.';

-- sql/operations/queue_metrics.sql
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

-- sql/operations/read_metrics.sql
-- All that GET /v1/metrics serves, in one round trip: {requests: [{service, route, method, status, count, sum_ms,
-- buckets}], gauges: [{name, labels, value}]}. For the functions, connected as the owner.
create or replace function app.read_metrics()
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.refresh_table_sizes();
  return jsonb_build_object(
    'requests', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.service, t.route, t.method, t.status), '[]')
      from app.request_totals as t
    ),
    'gauges', (select jsonb_agg(to_jsonb(s) order by s.name, s.labels) from app.metric_samples() as s)
  );
end;
$$;
comment on function app.read_metrics is 'Requests since the beginning and every gauge, for the metrics endpoint.';

-- sql/operations/record_request_metrics.sql
-- Adds a batch of what a function counted in one statement: [{minute, service, route, method, status, count, sum_ms,
-- buckets}], no kind twice in a minute. Rows are taken in one order, so that functions that write at the same time
-- never wait for each other in a ring; the commit does not wait for the disk, a crash may cost the last moments. For
-- the functions, connected as the owner.
create or replace function app.record_request_metrics(samples jsonb)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_written int;
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into app.request_metrics as m (minute, service, route, method, status, count, sum_ms, buckets)
  select s.minute, s.service, s.route, s.method, s.status, s.count, s.sum_ms, s.buckets
  from jsonb_to_recordset(record_request_metrics.samples) as s (
    minute timestamptz, service text, route text, method text, status int, count bigint, sum_ms double precision,
    buckets bigint[]
  )
  order by s.minute, s.service, s.route, s.method, s.status
  on conflict on constraint request_metrics_pkey do update
  set count = m.count + excluded.count,
      sum_ms = m.sum_ms + excluded.sum_ms,
      buckets = app.add_buckets(m.buckets, excluded.buckets);
  get diagnostics v_written = row_count;

  insert into app.request_totals as t (service, route, method, status, count, sum_ms, buckets)
  select s.service, s.route, s.method, s.status, sum(s.count), sum(s.sum_ms), app.sum_buckets(s.buckets)
  from jsonb_to_recordset(record_request_metrics.samples) as s (
    service text, route text, method text, status int, count bigint, sum_ms double precision, buckets bigint[]
  )
  group by s.service, s.route, s.method, s.status
  order by s.service, s.route, s.method, s.status
  on conflict on constraint request_totals_pkey do update
  set count = t.count + excluded.count,
      sum_ms = t.sum_ms + excluded.sum_ms,
      buckets = app.add_buckets(t.buckets, excluded.buckets);
  return v_written;
end;
$$;
comment on function app.record_request_metrics is 'Adds a batch of counted requests; returns how many kinds it held.';

-- sql/operations/refresh_table_sizes.sql
-- Measures the tables again when the last measure is old; of two callers one does, the other goes on with what is
-- there.
create or replace function app.refresh_table_sizes(older_than interval default '10 minutes')
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
  if exists (select from app.table_sizes as s where s.measured_at > now() - refresh_table_sizes.older_than)
    or not pg_try_advisory_xact_lock(hashtextextended('app.refresh_table_sizes', 0))
  then
    return false;
  end if;
  delete from app.table_sizes;
  insert into app.table_sizes (name, bytes, row_estimate, partitions, largest_partition_bytes, measured_at)
  select
    t.name, sum(t.bytes), sum(greatest(t.reltuples, 0))::bigint, count(*), max(t.bytes), now()
  from (
    select
      case
        when n.nspname = 'app' and r.relname ~ '^ingest_[0-9a-f]{32}' then 'app.ingest_staging'
        else n.nspname || '.' || r.relname
      end as name,
      c.reltuples,
      -- Null for a table that was dropped a moment ago.
      coalesce(pg_total_relation_size(c.oid), 0) as bytes
    from pg_catalog.pg_class as c
    join pg_catalog.pg_class as r on r.oid = coalesce(pg_partition_root(c.oid), c.oid)
    join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
    where c.relkind in ('r', 'm') and n.nspname in ('public', 'app', 'partitions', 'pgmq')
  ) as t
  group by t.name;
  return true;
end;
$$;
comment on function app.refresh_table_sizes is 'Measures the tables if that was long ago; whether it did.';

-- sql/operations/replica_lag.sql
-- How far the streaming standby that is furthest behind has replayed, as the primary knows it; null without one. The
-- seconds stand still while replay does, so the bytes are told as well.
create or replace function app.replica_lag(out seconds numeric, out bytes numeric)
language plpgsql
stable
set search_path = ''
as $$
begin
  select
    round(extract(epoch from max(coalesce(r.replay_lag, interval '0'))), 3),
    max(greatest(pg_wal_lsn_diff(pg_current_wal_lsn(), r.replay_lsn), 0))
  into seconds, bytes
  from pg_catalog.pg_stat_replication as r
  where r.replay_lsn is not null;
end;
$$;
comment on function app.replica_lag is
  'Seconds and bytes of log the slowest read replica is behind; null without one.';

-- sql/operations/request_measures.sql
-- What the alerts ask about requests: shares and 95th percentiles of the last five minutes, and the errors of the last
-- hour. A measure of fewer than twenty requests says nothing and is left out. The worker's calls last as long as their
-- work, so they have no percentile.
create or replace function app.request_measures(at timestamptz default now())
returns table (metric text, subject text, value numeric)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_least constant int := 20;
begin
  return query
  with recent as (
    select
      m.service, m.method || ' ' || m.route as route, m.status, m.count, m.buckets,
      m.minute > request_measures.at - interval '5 minutes' as is_new
    from app.request_metrics as m
    where m.minute > request_measures.at - interval '1 hour' and m.minute <= request_measures.at
  ),
  services as (
    select
      r.service,
      sum(r.count) as hour_count,
      coalesce(sum(r.count) filter (where r.status >= 500), 0) as hour_errors,
      sum(r.count) filter (where r.is_new) as count,
      coalesce(sum(r.count) filter (where r.is_new and r.status >= 500), 0) as errors,
      coalesce(sum(r.count) filter (where r.is_new and r.status = 429), 0) as refused,
      app.sum_buckets(r.buckets) filter (where r.is_new) as buckets
    from recent as r
    group by r.service
  )
  select measure.metric, s.service, round(measure.value, 4)
  from services as s
  cross join lateral (
    values
      ('error_rate', s.count, s.errors / s.count),
      ('error_rate_hour', s.hour_count, s.hour_errors / s.hour_count),
      ('rate_limited_share', s.count, s.refused / s.count),
      ('p95_ms', case when s.service <> 'worker' then s.count end, app.histogram_quantile(s.buckets, 0.95))
  ) as measure (metric, count, value)
  where measure.count >= v_least
  union all
  select 'route_p95_ms', r.route, app.histogram_quantile(app.sum_buckets(r.buckets), 0.95)
  from recent as r
  where r.is_new and r.service <> 'worker'
  group by r.route
  having sum(r.count) >= v_least;
end;
$$;
comment on function app.request_measures is
  'Error rate, refused share and 95th percentile (ms) of services and routes, as the alert rules name them.';

-- sql/operations/request_metrics.sql
-- How requests fared, a row for each minute and kind of request: what dashboards and alerts look back on. Written in
-- batches by the functions (app.record_request_metrics); nothing in it names a person, a vendor or a path as sent.
create table app.request_metrics (
  minute timestamptz not null,
  service text not null,
  route text not null,
  method text not null,
  status int not null,
  count bigint not null,
  sum_ms double precision not null,
  buckets bigint[] not null,
  constraint request_metrics_pkey primary key (minute, service, route, method, status),
  constraint minute_is_whole check (minute = date_trunc('minute', minute, 'UTC')),
  constraint buckets_are_complete check (cardinality(buckets) = 14)
) with (fillfactor = 70);
comment on table app.request_metrics is 'Requests by minute, service, route, method and status.';
comment on column app.request_metrics.minute is 'The minute in which they were answered.';
comment on column app.request_metrics.service is 'The function that answered.';
comment on column app.request_metrics.route is
  'The route''s template, such as /api/v1/jobs/{id}; unmatched where no route took the path.';
comment on column app.request_metrics.method is 'The method, or OTHER for one that no route takes.';
comment on column app.request_metrics.status is 'The HTTP status of the answer.';
comment on column app.request_metrics.count is 'How many there were.';
comment on column app.request_metrics.sum_ms is 'Milliseconds they took together.';
comment on column app.request_metrics.buckets is
  'How many fell into each bucket of app.latency_bounds_ms(); the last one counts what took longer.';
alter table app.request_metrics enable row level security;
alter table app.request_metrics force row level security;

-- sql/operations/request_minutes.sql
-- The requests of clients in each of the last minutes, the running one last; empty minutes as zeros. The worker's own
-- calls are left out: its schedule makes them, and some stay open on purpose.
create or replace function app.request_minutes(most int default 60)
returns table (minute timestamptz, count bigint, errors bigint, p50_ms numeric, p95_ms numeric)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_last timestamptz := date_trunc('minute', now(), 'UTC');
  v_first timestamptz := v_last - make_interval(mins => request_minutes.most - 1);
begin
  return query
  select
    g.minute, coalesce(c.count, 0), coalesce(c.errors, 0), app.histogram_quantile(c.buckets, 0.5),
    app.histogram_quantile(c.buckets, 0.95)
  from generate_series(v_first, v_last, interval '1 minute') as g (minute)
  left join (
    select
      m.minute, sum(m.count)::bigint as count, (sum(m.count) filter (where m.status >= 500))::bigint as errors,
      app.sum_buckets(m.buckets) as buckets
    from app.request_metrics as m
    where m.minute between v_first and v_last and m.service <> 'worker'
    group by m.minute
  ) as c on c.minute = g.minute
  order by g.minute;
end;
$$;
comment on function app.request_minutes is
  'Requests of clients a minute: count, server errors, median and 95th percentile in ms (null in an empty minute).';

-- sql/operations/request_totals.sql
-- The same figures since the beginning, a row for each kind of request: counters that never go back, whatever retention
-- removes of the minutes.
create table app.request_totals (
  service text not null,
  route text not null,
  method text not null,
  status int not null,
  count bigint not null,
  sum_ms double precision not null,
  buckets bigint[] not null,
  constraint request_totals_pkey primary key (service, route, method, status),
  constraint buckets_are_complete check (cardinality(buckets) = 14)
) with (fillfactor = 50);
comment on table app.request_totals is 'Requests by service, route, method and status since the beginning.';
comment on column app.request_totals.count is 'How many there were; never goes back.';
comment on column app.request_totals.sum_ms is 'Milliseconds they took together; never goes back.';
comment on column app.request_totals.buckets is 'As in app.request_metrics; never go back.';
alter table app.request_totals enable row level security;
alter table app.request_totals force row level security;

-- sql/operations/run_due_schedules.sql
-- Runs what is due, longest overdue first, up to so many; returns how many ran. The worker calls it with most => 1
-- until it returns 0, so that each run is a transaction of its own.
create or replace function app.run_due_schedules(at timestamptz default now(), most int default 50)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text;
  v_ran int := 0;
begin
  while v_ran < most loop
    select s.name into v_name
    from app.schedules as s
    where s.active and not s.only_cron and s.next_run_at <= run_due_schedules.at
    order by s.next_run_at, s.name
    limit 1
    for update skip locked;
    exit when not found;
    perform app.run_schedule(v_name, run_due_schedules.at);
    v_ran := v_ran + 1;
  end loop;
  return v_ran;
end;
$$;
comment on function app.run_due_schedules is
  'Runs schedules that are due and that nobody else runs, longest overdue first; returns how many.';

-- sql/operations/run_schedule.sql
-- Runs one schedule and notes how it went; what it did is undone if it fails, the note stays. Of two callers at the
-- same time one runs it, the other gets null at once. Called by pg_cron and by app.run_due_schedules.
create or replace function app.run_schedule(name text, at timestamptz default now())
returns bigint
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_started constant timestamptz := clock_timestamp();
  v_schedule app.schedules;
  v_count bigint;
  v_error text;
  v_duration_ms int;
begin
  select s.* into v_schedule
  from app.schedules as s
  where s.name = run_schedule.name and s.active
  for update skip locked;
  if not found then
    return null;
  end if;
  begin
    execute format('select (%s)::bigint', v_schedule.call) into v_count
    using v_schedule.batch, v_schedule.keep, run_schedule.at;
  -- A time-out of the statement is one failure like others: the next schedule must not wait for it for ever.
  exception when query_canceled or others then
    v_error := sqlstate || ' ' || sqlerrm;
  end;
  v_duration_ms := round(extract(epoch from clock_timestamp() - v_started) * 1000);

  update app.schedules as s
  set
    next_run_at = case
      when v_error is null and v_count >= v_schedule.batch then run_schedule.at
      else app.next_cron_time(v_schedule.cron, run_schedule.at)
    end,
    last_run_at = run_schedule.at,
    last_status = case when v_error is null then 'succeeded' else 'failed' end,
    last_duration_ms = v_duration_ms,
    last_count = v_count,
    last_error = v_error
  where s.name = v_schedule.name;
  if v_error is not null or v_count > 0 then
    insert into app.schedule_runs (schedule, started_at, duration_ms, status, count, error)
    values (
      v_schedule.name, run_schedule.at, v_duration_ms,
      case when v_error is null then 'succeeded' else 'failed' end, v_count, v_error
    );
  end if;
  return v_count;
end;
$$;
comment on function app.run_schedule is
  'Runs a schedule now, unless it is running or switched off; returns how much it did, null if it did not or failed.';

-- sql/operations/schedule_runs.sql
-- The record of runs that did something or failed; a run that found nothing to do only moves last_run_at. Kept as long
-- as the schedule schedule_runs says.
create table app.schedule_runs (
  id bigint generated always as identity,
  schedule text not null,
  started_at timestamptz not null,
  duration_ms int not null,
  status text not null,
  count bigint,
  error text,
  constraint schedule_runs_pkey primary key (id),
  constraint schedule_exists foreign key (schedule) references app.schedules (name) on update cascade on delete cascade,
  constraint status_is_known check (status in ('succeeded', 'failed')),
  constraint a_failed_run_says_why check ((status = 'failed') = (error is not null))
);
create index schedule_runs_schedule_idx on app.schedule_runs (schedule, started_at desc);
create index schedule_runs_started_at_idx on app.schedule_runs (started_at);
comment on table app.schedule_runs is 'Runs of schedules that did something or failed.';
comment on column app.schedule_runs.schedule is 'The schedule.';
comment on column app.schedule_runs.started_at is 'When the run began.';
comment on column app.schedule_runs.duration_ms is 'How long it took.';
comment on column app.schedule_runs.status is 'succeeded or failed.';
comment on column app.schedule_runs.count is 'How much it did; null when it failed.';
comment on column app.schedule_runs.error is 'SQLSTATE and message of the failure.';
alter table app.schedule_runs enable row level security;
alter table app.schedule_runs force row level security;

-- sql/operations/scheduler_extensions.sql
-- pg_cron runs the schedules and pg_net wakes the worker, on hosts that have them (a hosted project does; the embedded
-- server does not, nor does a database other than the one pg_cron is set up for). Without them the worker does it.
do $$
declare
  v_name text;
begin
  foreach v_name in array array['pg_cron', 'pg_net'] loop
    continue when not exists (select from pg_catalog.pg_available_extensions as e where e.name = v_name);
    begin
      execute format('create extension if not exists %I', v_name);
    exception when others then
      raise notice '% is there but cannot be used: %', v_name, sqlerrm;
    end;
  end loop;
end;
$$;

-- sql/operations/schedules_changed.sql
-- A changed schedule holds for pg_cron at once, and for the worker from the next time its new cron expression names.
create or replace function app.schedules_changed()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.install_schedules();
  return null;
end;
$$;
comment on function app.schedules_changed is 'Trigger: brings pg_cron''s jobs in line with the schedules.';

create or replace trigger schedules_changed_trigger
after insert or delete or update of name, cron, active on app.schedules
for each statement execute function app.schedules_changed();

-- sql/operations/sum_buckets.sql
-- Adds up histograms bucket by bucket.
create or replace aggregate app.sum_buckets(bigint[]) (
  sfunc = app.add_buckets,
  stype = bigint[]
);
comment on aggregate app.sum_buckets(bigint[]) is 'The sum of histograms of the same length; null of none.';

-- sql/operations/table_sizes.sql
-- How large the tables are, partitions together: measured now and then, since asking every file of every partition
-- takes a while. Unlogged: it is measured anew after a crash.
create unlogged table app.table_sizes (
  name text not null,
  bytes bigint not null,
  row_estimate bigint not null,
  partitions int not null,
  largest_partition_bytes bigint not null,
  measured_at timestamptz not null,
  constraint table_sizes_pkey primary key (name)
);
comment on table app.table_sizes is 'Sizes of the tables when they were last measured.';
comment on column app.table_sizes.name is
  'Schema and table; app.ingest_staging for the tables of running jobs together.';
comment on column app.table_sizes.bytes is 'On disk, with indexes and out-of-line values.';
comment on column app.table_sizes.row_estimate is 'As of the last vacuum or analyze.';
comment on column app.table_sizes.partitions is 'Leaves of a partitioned table; 1 for others.';
comment on column app.table_sizes.largest_partition_bytes is 'The largest of them.';
comment on column app.table_sizes.measured_at is 'When it was measured.';
alter table app.table_sizes enable row level security;
alter table app.table_sizes force row level security;

-- sql/operations/wake_worker.sql
-- Wakes the worker over HTTP, so many times at once: pg_net posts to {odyssey_functions_url}/worker{path} with the key
-- odyssey_secret_key, both kept in Vault. pg_net sends nothing else while a request is open, so the worker is asked to
-- answer first and work then.
create or replace function app.wake_worker(path text default '', calls int default 1)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_url text;
  v_key text;
begin
  if calls <= 0 then
    return 0;
  end if;
  select
    max(s.decrypted_secret) filter (where s.name = 'odyssey_functions_url'),
    max(s.decrypted_secret) filter (where s.name = 'odyssey_secret_key')
  into v_url, v_key
  from vault.decrypted_secrets as s
  where s.name in ('odyssey_functions_url', 'odyssey_secret_key');
  if v_url is null or v_key is null then
    raise exception 'put odyssey_functions_url and odyssey_secret_key into Vault: docs/operations/schedules.md'
      using errcode = 'config_file_error';
  end if;
  for v_call in 1 .. calls loop
    perform net.http_post(
      url => rtrim(v_url, '/') || '/worker' || wake_worker.path,
      body => '{}'::jsonb,
      headers => jsonb_build_object(
        'Content-Type', 'application/json', 'apikey', v_key, 'Prefer', 'respond-async'
      ),
      timeout_milliseconds => 5000
    );
  end loop;
  return calls;
end;
$$;
comment on function app.wake_worker is 'Has pg_net call the worker so many times at once; returns how many.';

-- sql/operations/watch_alert_rules.sql
-- Whoever changes a threshold is on record.
create or replace trigger audit_change_trigger
after insert or update or delete on public.alert_rules
for each row execute function app.audit_change('alert_rule', 'code');

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

-- sql/operations/workflow_indexes.sql
-- What finds the parts of a workflow by its super id.
create index if not exists ingestion_jobs_super_id_idx on public.ingestion_jobs (super_id);
create index if not exists outbox_super_id_idx on app.outbox (super_id) where super_id is not null;
