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
