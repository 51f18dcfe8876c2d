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
