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
