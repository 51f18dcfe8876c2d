-- The four alerts, each with its present value and whether it fires. Latency of the last hour, rates of the last day;
-- a circuit counts as open while the last word of a process, at most fifteen minutes old, says so. Without lookups
-- nothing fires. An invoker: who may not read the events is refused by name.
create or replace function public.uuid_lookup_alerts()
returns table (alert text, condition text, severity text, action text, value numeric, firing boolean)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  return query
  with measured as (
    select p.avg_ms, r.success_rate, r.fallback_rate, c.open_circuits
    from public.uuid_lookup_performance as p
    cross join public.uuid_lookup_success_rates as r
    cross join (
      select count(*) filter (where last.state = 'open') as open_circuits
      from (
        select distinct on (e.event_properties ->> 'isolate') e.event_properties ->> 'state' as state
        from public.analytics_events as e
        where e.event_name = 'uuid_lookup_circuit' and e.created_at > now() - interval '15 minutes'
        order by e.event_properties ->> 'isolate', e.created_at desc, e.id desc
      ) as last
    ) as c
  )
  select a.alert, a.condition, a.severity, a.action, round(a.value, 2), coalesce(a.firing, false)
  from measured as m
  cross join lateral (
    values
      ('High Latency', 'avg_lookup_ms > 100', 'Warning', 'Check database', m.avg_ms, m.avg_ms > 100),
      ('Low Success Rate', 'success_rate < 90%', 'Critical', 'Check service health', m.success_rate,
        m.success_rate < 90),
      ('Circuit Open', 'state = ''open''', 'Warning', 'Investigate failures', m.open_circuits::numeric,
        m.open_circuits > 0),
      ('High Fallback', 'fallback_rate > 20%', 'Warning', 'Check micro_services data', m.fallback_rate,
        m.fallback_rate > 20)
  ) as a (alert, condition, severity, action, value, firing);
end;
$$;
comment on function public.uuid_lookup_alerts is
  'The four alerts on service lookups with value and whether they fire. For superadmins and the service key.';
grant execute on function public.uuid_lookup_alerts to authenticated, service_role;
