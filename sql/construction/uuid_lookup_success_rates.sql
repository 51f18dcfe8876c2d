-- Dashboard: how many lookups of the last day found a uuid, and how many jobs had to go by the slug.
create or replace view public.uuid_lookup_success_rates
with (security_invoker = true)
as
select
  count(*) as lookups,
  count(*) filter (where (e.event_properties ->> 'success')::boolean) * 100.0 / nullif(count(*), 0) as success_rate,
  count(*) filter (where (e.event_properties ->> 'fallback_used')::boolean) * 100.0 / nullif(count(*), 0)
    as fallback_rate,
  count(*) filter (where e.event_properties ->> 'error' not in ('not_found', 'circuit_open')) * 100.0
    / nullif(count(*), 0) as error_rate
from public.analytics_events as e
where e.event_name = 'uuid_lookup'
  and e.created_at > now() - interval '1 day';
comment on view public.uuid_lookup_success_rates is 'Lookups of the last day: shares in percent; null without lookups.';
comment on column public.uuid_lookup_success_rates.lookups is 'How many there were.';
comment on column public.uuid_lookup_success_rates.success_rate is 'Percent that found a uuid.';
comment on column public.uuid_lookup_success_rates.fallback_rate is 'Percent answered with the slug alone.';
comment on column public.uuid_lookup_success_rates.error_rate is 'Percent that failed on the way to the database.';
grant select on public.uuid_lookup_success_rates to authenticated, service_role;
