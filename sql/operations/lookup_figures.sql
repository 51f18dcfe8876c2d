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
