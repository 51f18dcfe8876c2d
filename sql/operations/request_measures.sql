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
