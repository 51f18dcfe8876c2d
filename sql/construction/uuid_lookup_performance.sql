-- Dashboard: how long lookups took in the last hour.
create or replace view public.uuid_lookup_performance
with (security_invoker = true)
as
select
  count(*) as lookups,
  avg((e.event_properties ->> 'lookup_time_ms')::numeric) as avg_ms,
  percentile_cont(0.95) within group (order by (e.event_properties ->> 'lookup_time_ms')::numeric) as p95_ms
from public.analytics_events as e
where e.event_name = 'uuid_lookup'
  and e.created_at > now() - interval '1 hour';
comment on view public.uuid_lookup_performance is 'Lookups of the last hour: how many, mean and 95th percentile in ms.';
comment on column public.uuid_lookup_performance.lookups is 'How many there were.';
comment on column public.uuid_lookup_performance.avg_ms is 'Mean time in milliseconds; null without lookups.';
comment on column public.uuid_lookup_performance.p95_ms is '95th percentile in milliseconds; null without lookups.';
grant select on public.uuid_lookup_performance to authenticated, service_role;
