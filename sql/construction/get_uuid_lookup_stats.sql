-- The dashboard in one answer: times, rates, cache, alerts. For superadmins and the service key.
create or replace function public.get_uuid_lookup_stats()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.require_platform();
  return (
    select jsonb_build_object(
      'last_hour', jsonb_build_object(
        'lookups', p.lookups,
        'avg_ms', round(p.avg_ms, 3),
        'p95_ms', round(p.p95_ms::numeric, 3),
        'cache_hit_rate', round(c.cache_hit_rate, 2)
      ),
      'last_day', jsonb_build_object(
        'lookups', r.lookups,
        'success_rate', round(r.success_rate, 2),
        'fallback_rate', round(r.fallback_rate, 2),
        'error_rate', round(r.error_rate, 2)
      ),
      'alerts', (select jsonb_agg(to_jsonb(a)) from public.uuid_lookup_alerts() as a)
    )
    from public.uuid_lookup_performance as p
    cross join public.uuid_lookup_cache_hit_rate as c
    cross join public.uuid_lookup_success_rates as r
  );
end;
$$;
comment on function public.get_uuid_lookup_stats is
  'Times, rates and alerts of service lookups. For superadmins and the service key.';
grant execute on function public.get_uuid_lookup_stats to authenticated, service_role;
