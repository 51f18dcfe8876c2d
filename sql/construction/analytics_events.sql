-- What happened, for dashboards: lookups of services and the state of the circuit before the database. A partition a
-- month; no names, no addresses. Written in batches by app.record_analytics_events.
create table public.analytics_events (
  id bigint generated always as identity,
  event_name text not null,
  event_properties jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint analytics_events_pkey primary key (id, created_at),
  constraint event_name_has_its_form check (event_name ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint event_properties_are_a_small_object check (
    jsonb_typeof(event_properties) = 'object' and app.json_fits(event_properties, 4096)
  )
) partition by range (created_at);
create index analytics_events_event_name_idx on public.analytics_events (event_name, created_at);
comment on table public.analytics_events is
  'Events for dashboards, kept 13 months. Superadmins and the service key read them.';
comment on column public.analytics_events.id is 'Names the row.';
comment on column public.analytics_events.event_name is 'uuid_lookup, uuid_lookup_circuit, ...';
comment on column public.analytics_events.event_properties is
  'Of a uuid_lookup: slug, success, cache_hit, fallback_used, lookup_time_ms, error, isolate.';
comment on column public.analytics_events.created_at is 'When it happened, not when it was written.';

alter table public.analytics_events enable row level security;
alter table public.analytics_events force row level security;
create policy "superadmins read the events" on public.analytics_events
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.analytics_events to authenticated, service_role;
