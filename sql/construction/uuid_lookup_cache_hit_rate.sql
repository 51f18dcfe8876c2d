-- Dashboard: how many lookups of the last hour were answered from memory.
create or replace view public.uuid_lookup_cache_hit_rate
with (security_invoker = true)
as
select
  count(*) as lookups,
  count(*) filter (where e.event_properties ->> 'cache_hit' = 'true') * 100.0 / nullif(count(*), 0) as cache_hit_rate
from public.analytics_events as e
where e.event_name = 'uuid_lookup'
  and e.created_at > now() - interval '1 hour';
comment on view public.uuid_lookup_cache_hit_rate is
  'Share of the last hour''s lookups answered from memory, in percent.';
comment on column public.uuid_lookup_cache_hit_rate.lookups is 'How many there were.';
comment on column public.uuid_lookup_cache_hit_rate.cache_hit_rate is
  'Percent answered from memory; null without lookups.';
grant select on public.uuid_lookup_cache_hit_rate to authenticated, service_role;
