-- Generated from sql/construction/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/construction/micro_service_uuid.sql
-- A service's uuid follows from its slug (version 5 under a namespace of our own), so every deployment, seed and test
-- agrees on it, and a slug can never come to mean something else. plpgsql: the check on every job calls it.
create or replace function app.micro_service_uuid(slug text)
returns uuid
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return extensions.uuid_generate_v5('6f1c2a54-9d0e-5b7a-8c43-2f0d5a7e9b16', slug);
end;
$$;
comment on function app.micro_service_uuid is 'The uuid that belongs to the slug of a micro service.';
grant execute on function app.micro_service_uuid to authenticated, service_role;

-- sql/construction/signed_in_user_id.sql
-- users.id of whoever is signed in, member of a vendor or not: a token may name only the Appwrite user. Definer,
-- because people without a sub cannot read their own row; it answers about the caller only.
create or replace function app.signed_in_user_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return (
    select u.id
    from public.users as u
    where u.id = app.current_user_id()
      or app.current_user_id() is null and u.appwrite_user_id = app.current_claims() ->> 'appwrite_user_id'
  );
end;
$$;
comment on function app.signed_in_user_id is
  'users.id of the caller, found by their Appwrite id where needed; or null.';
grant execute on function app.signed_in_user_id to authenticated, service_role;

-- sql/construction/micro_services.sql
-- What can be ordered: kinds of construction work in three levels (category, subcategory, service). The platform's own
-- data, the same for everybody; services are switched off rather than removed, since jobs name them.
create table public.micro_services (
  id uuid not null,
  slug text not null,
  name text not null,
  category text not null,
  subcategory text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint micro_services_pkey primary key (id),
  constraint micro_services_slug_is_unique unique (slug),
  constraint slug_has_its_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  constraint category_has_its_form check (category ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint subcategory_has_its_form check (subcategory ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint id_belongs_to_slug check (id = app.micro_service_uuid(slug)),
  constraint name_is_not_blank check (btrim(name) <> '')
);
create index micro_services_category_idx on public.micro_services (category, subcategory, slug);
comment on table public.micro_services is
  'Kinds of construction work. Everybody signed in reads them; migrations write them.';
comment on column public.micro_services.id is 'Follows from the slug (uuid version 5).';
comment on column public.micro_services.slug is 'The name that programs and jobs use; never changes.';
comment on column public.micro_services.name is 'The name for people, in English.';
comment on column public.micro_services.category is 'First level, such as painting.';
comment on column public.micro_services.subcategory is 'Second level, such as interior.';
comment on column public.micro_services.active is 'False for what is no longer offered; its jobs stay.';
comment on column public.micro_services.created_at is 'Since when it is known.';
comment on column public.micro_services.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.micro_services
for each row execute function app.touch_updated_at();

alter table public.micro_services enable row level security;
alter table public.micro_services force row level security;
create policy "everybody signed in reads the services" on public.micro_services
for select to authenticated
using (true);
grant select on public.micro_services to authenticated;
grant select, insert, update on public.micro_services to service_role;

-- sql/construction/question_blocks.sql
-- The wizard's questions as data: blocks that belong to everything, or to a place in the taxonomy. A change is a new
-- version; old ones stay, since jobs say which they answered. Seeded from functions/construction/catalogue, so that the
-- function can ask the same questions while the database is away.
create table public.question_blocks (
  key text not null,
  version int not null,
  applies_to text,
  position int not null,
  questions jsonb not null,
  created_at timestamptz not null default now(),
  constraint question_blocks_pkey primary key (key, version),
  constraint version_is_positive check (version > 0),
  constraint questions_are_a_list check (jsonb_typeof(questions) = 'array')
);
comment on table public.question_blocks is
  'Versioned blocks of wizard questions. Everybody signed in reads them; migrations write them.';
comment on column public.question_blocks.key is 'Names the block through all its versions.';
comment on column public.question_blocks.version is 'Counts up; the highest is asked.';
comment on column public.question_blocks.applies_to is
  'category, category/subcategory or category/subcategory/slug; null for every service.';
comment on column public.question_blocks.position is 'Lower ones are asked first.';
comment on column public.question_blocks.questions is
  'A list of {id, label, type, required, ...}; types single, multi, number, text, date, photos.';
comment on column public.question_blocks.created_at is 'When this version was written.';

create trigger refuse_change_trigger
before update or delete or truncate on public.question_blocks
for each statement execute function app.refuse_change();

alter table public.question_blocks enable row level security;
alter table public.question_blocks force row level security;
create policy "everybody signed in reads the questions" on public.question_blocks
for select to authenticated
using (true);
grant select on public.question_blocks to authenticated;
grant select, insert on public.question_blocks to service_role;

-- sql/construction/jobs.sql
-- Construction jobs that people post. `micro_id`, the slug, is what a job is about; `micro_uuid` goes with it where the
-- service is known, and a job without one is as good. (Ingestion has jobs of its own: public.ingestion_jobs.)
create table public.jobs (
  id uuid not null default gen_random_uuid(),
  owner_id uuid not null,
  micro_id text not null,
  micro_uuid uuid,
  micro_uuid_backfilled_at timestamptz,
  status text not null default 'published',
  answers jsonb not null default '{}',
  question_versions jsonb not null default '{}',
  location jsonb,
  budget numeric(12, 2),
  currency char(3) not null default 'USD',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint jobs_pkey primary key (id),
  constraint owner_exists foreign key (owner_id) references public.users (id) on delete cascade,
  constraint micro_service_exists foreign key (micro_uuid) references public.micro_services (id),
  constraint micro_id_has_its_form check (micro_id ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(micro_id) <= 80),
  constraint micro_uuid_belongs_to_micro_id check (micro_uuid = app.micro_service_uuid(micro_id)),
  constraint backfilled_jobs_have_a_uuid check (micro_uuid_backfilled_at is null or micro_uuid is not null),
  constraint status_is_valid check (status in ('published', 'closed')),
  constraint answers_are_an_object check (jsonb_typeof(answers) = 'object'),
  constraint budget_is_not_negative check (budget >= 0),
  constraint currency_is_three_letters check (currency ~ '^[A-Z]{3}$')
);
create index jobs_owner_id_idx on public.jobs (owner_id, created_at desc, id desc);
create index jobs_micro_uuid_idx on public.jobs (micro_uuid) where micro_uuid is not null;
-- Slug-only jobs by slug: what the backfill and the report of orphans read.
create index jobs_without_uuid_idx on public.jobs (micro_id, id) where micro_uuid is null;
create index jobs_backfilled_idx on public.jobs (id) where micro_uuid_backfilled_at is not null;
comment on table public.jobs is 'Construction jobs. Owners read their own; publish_job and close_job write them.';
comment on column public.jobs.id is 'Names the job.';
comment on column public.jobs.owner_id is 'The user who posted it.';
comment on column public.jobs.micro_id is 'Slug of the service; need not be one of micro_services.';
comment on column public.jobs.micro_uuid is 'The service''s uuid; null where the slug was not known.';
comment on column public.jobs.micro_uuid_backfilled_at is
  'When migrate_job_uuids filled micro_uuid in; null for jobs that came with it.';
comment on column public.jobs.status is 'published, then closed.';
comment on column public.jobs.answers is 'Answers by question id, as checked when it was published.';
comment on column public.jobs.question_versions is 'Which version of each block of questions was answered.';
comment on column public.jobs.location is 'A text, or an object with address, city, postal_code, country and so on.';
comment on column public.jobs.budget is 'What it may cost; null when nothing was said.';
comment on column public.jobs.currency is 'ISO 4217.';
comment on column public.jobs.created_at is 'When it was published.';
comment on column public.jobs.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.jobs
for each row execute function app.touch_updated_at();

alter table public.jobs enable row level security;
alter table public.jobs force row level security;
create policy "owners read their jobs" on public.jobs
for select to authenticated
using (owner_id = (select app.signed_in_user_id()));
grant select on public.jobs to authenticated;
grant select, insert, update, delete on public.jobs to service_role;

-- sql/construction/analytics_events.sql
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

-- sql/construction/feature_flags.sql
-- Rollouts by share of the services: a flag is on for the micro uuids whose bucket lies below its percentage. Raising
-- the percentage adds services and takes none away.
create table public.feature_flags (
  flag text not null,
  description text not null default '',
  enabled boolean not null default true,
  percentage numeric(5, 2) not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint feature_flags_pkey primary key (flag),
  constraint flag_has_its_form check (flag ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint percentage_is_a_percentage check (percentage between 0 and 100)
);
comment on table public.feature_flags is 'Percentage rollouts. Superadmins read them; set_feature_flag writes them.';
comment on column public.feature_flags.flag is 'Names the feature; part of the hash, so flags are drawn independently.';
comment on column public.feature_flags.description is 'What it turns on.';
comment on column public.feature_flags.enabled is 'False turns it off for all, whatever the percentage.';
comment on column public.feature_flags.percentage is 'Share of the services it is on for, with two decimals.';
comment on column public.feature_flags.created_at is 'Since when it is known.';
comment on column public.feature_flags.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.feature_flags
for each row execute function app.touch_updated_at();

alter table public.feature_flags enable row level security;
alter table public.feature_flags force row level security;
create policy "superadmins read the flags" on public.feature_flags
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.feature_flags to authenticated;
grant select, insert, update, delete on public.feature_flags to service_role;

-- sql/construction/create_analytics_partitions.sql
-- Makes what is missing of the events' monthly partitions, from last month so many months ahead. Built apart and
-- attached, so writers go on. A schedule calls it, and record_analytics_events when a month is missing all the same.
create or replace function app.create_analytics_partitions(months_ahead int default 2, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_month constant timestamp := date_trunc('month', create_analytics_partitions.at at time zone 'utc');
  v_from timestamptz;
  v_to timestamptz;
  v_part text;
  v_made int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.create_analytics_partitions', 0));
  for v_offset in -1 .. months_ahead loop
    v_from := (v_month + make_interval(months => v_offset)) at time zone 'utc';
    v_to := (v_from at time zone 'utc' + interval '1 month') at time zone 'utc';
    v_part := format('analytics_events_%s', to_char(v_from at time zone 'utc', 'yyyy_mm'));
    continue when to_regclass(format('partitions.%I', v_part)) is not null;
    execute format(
      'create table partitions.%I (like public.analytics_events including all excluding comments excluding identity)',
      v_part
    );
    execute format('alter table partitions.%I enable row level security, force row level security', v_part);
    execute format(
      'alter table public.analytics_events attach partition partitions.%I for values from (%L) to (%L)',
      v_part, v_from, v_to
    );
    v_made := v_made + 1;
  end loop;
  return v_made;
end;
$$;
comment on function app.create_analytics_partitions is
  'Makes missing monthly partitions of analytics_events; returns how many.';

-- sql/construction/uuid_lookup_alerts.sql
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

-- sql/construction/uuid_lookup_cache_hit_rate.sql
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

-- sql/construction/uuid_lookup_performance.sql
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

-- sql/construction/uuid_lookup_success_rates.sql
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

-- sql/construction/uuid_migration_runs.sql
-- Each call of migrate_job_uuids and rollback_job_uuids that changed something: what the backfill has done, and when.
create table app.uuid_migration_runs (
  id bigint generated always as identity,
  direction text not null,
  batch_size int not null,
  jobs_changed int not null,
  requested_by text not null,
  started_at timestamptz not null default clock_timestamp(),
  took interval not null,
  constraint uuid_migration_runs_pkey primary key (id),
  constraint direction_is_valid check (direction in ('forward', 'back'))
);
comment on table app.uuid_migration_runs is 'The record of the backfill of jobs.micro_uuid and of its rollback.';
alter table app.uuid_migration_runs enable row level security;
alter table app.uuid_migration_runs force row level security;

-- sql/construction/answer_fault.sql
-- What is wrong with one answer: {"code", "detail"} and, where it is a part of the answer, "pointer" below it. Null
-- when it fits its question.
create or replace function app.answer_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case question ->> 'type'
    when 'single' then app.choice_fault(question, answer)
    when 'multi' then app.choices_fault(question, answer)
    when 'number' then app.number_fault(question, answer)
    when 'text' then app.text_fault(question, answer)
    when 'date' then app.date_fault(answer)
    when 'photos' then app.photos_fault(question, answer)
    else jsonb '{"code": "unknown_field", "detail": "cannot be answered"}'
  end;
end;
$$;
comment on function app.answer_fault is 'What is wrong with an answer to a wizard question; null for nothing.';

-- sql/construction/app_close_job.sql
-- Closes a job of the caller's; closing it again changes nothing. Definer, because clients write no jobs.
create or replace function app.close_job(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  update public.jobs as j
  set status = 'closed'
  where j.id = close_job.id and j.owner_id = app.signed_in_user_id()
  returning j.* into v_job;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'You have no such job.');
  end if;
  return app.job_json(v_job);
end;
$$;
comment on function app.close_job is 'Closes a construction job of the caller; problem 404.';
grant execute on function app.close_job to authenticated;

-- sql/construction/app_get_uuid_migration_stats.sql
-- How far the backfill is. `completion_pct` counts the jobs that can have a uuid: orphans, whose slug no service has,
-- are told apart. Definer, because it counts everybody's jobs; superadmins and the platform only.
create or replace function app.get_uuid_migration_stats(
  out total_jobs bigint,
  out jobs_with_uuid bigint,
  out jobs_without_uuid bigint,
  out migratable_jobs bigint,
  out orphaned_jobs bigint,
  out backfilled_jobs bigint,
  out completion_pct numeric,
  out last_run_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  select count(*), count(j.micro_uuid), count(j.micro_uuid_backfilled_at)
  into total_jobs, jobs_with_uuid, backfilled_jobs
  from public.jobs as j;
  select coalesce(sum(s.jobs), 0), coalesce(sum(s.jobs) filter (where m.id is not null), 0)
  into jobs_without_uuid, migratable_jobs
  from (select j.micro_id, count(*) as jobs from public.jobs as j where j.micro_uuid is null group by j.micro_id) as s
  left join public.micro_services as m on m.slug = s.micro_id;
  orphaned_jobs := jobs_without_uuid - migratable_jobs;
  completion_pct := coalesce(round(jobs_with_uuid * 100.0 / nullif(jobs_with_uuid + migratable_jobs, 0), 2), 100);
  select max(r.started_at) into last_run_at from app.uuid_migration_runs as r;
end;
$$;
comment on function app.get_uuid_migration_stats is 'How many jobs have their uuid, can have it, or are orphans.';
grant execute on function app.get_uuid_migration_stats to authenticated, service_role;

-- sql/construction/app_is_feature_enabled.sql
-- Whether a flag is on for a service. Unknown flags and flags turned off are off; without a uuid only a full rollout is
-- on. Definer, because callers may ask about flags that they may not read.
create or replace function app.is_feature_enabled(flag text, micro_uuid uuid)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return coalesce(
    (
      select f.enabled
        and coalesce(app.rollout_bucket(f.flag, is_feature_enabled.micro_uuid) < f.percentage, f.percentage = 100)
      from public.feature_flags as f
      where f.flag = is_feature_enabled.flag
    ),
    false
  );
end;
$$;
comment on function app.is_feature_enabled is 'Whether a rollout has reached a service.';
grant execute on function app.is_feature_enabled to authenticated, service_role;

-- sql/construction/app_migrate_job_uuids.sql
-- Gives slug-only jobs the uuid of their service: one batch a call, in a transaction of its own, so that it can stop
-- anywhere and go on by being called again. Takes jobs by slug from an index that holds slug-only ones alone, so
-- neither those done nor the orphans are looked at again; rows that somebody is changing are left for the next call
-- instead of waiting. Definer, because it writes everybody's jobs; superadmins and the platform only.
create or replace function app.migrate_job_uuids(batch_size int)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_changed int;
begin
  perform app.require_platform();
  perform app.require_batch_size(batch_size);
  with candidates as (
    select j.id, m.id as micro_uuid
    from public.micro_services as m
    join public.jobs as j on j.micro_id = m.slug
    where j.micro_uuid is null
    limit migrate_job_uuids.batch_size
    for update of j skip locked
  )
  update public.jobs as j
  set micro_uuid = c.micro_uuid, micro_uuid_backfilled_at = now()
  from candidates as c
  where j.id = c.id;
  get diagnostics v_changed = row_count;
  perform app.record_uuid_migration('forward', migrate_job_uuids.batch_size, v_changed, v_started);
  return v_changed;
end;
$$;
comment on function app.migrate_job_uuids is 'Fills micro_uuid of one batch of slug-only jobs; returns how many.';
grant execute on function app.migrate_job_uuids to authenticated, service_role;

-- sql/construction/app_publish_job.sql
-- Publishes a construction job in the caller's name. Fields come by the table's names or, as GET
-- /construction/questions gives them, as microId and microUuid. Answers are held to the questions of the service, in
-- the versions that
-- `question_versions` names. A known slug gets its uuid even when the wizard had to go without (fallback); an unknown
-- one is kept as it is. Definer, because the owner's row in users may have to be made, and clients write no jobs.
create or replace function app.publish_job(job jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_owner_id uuid := app.ensure_signed_in_user();
  v_id_name text := case when job ? 'microId' then 'microId' else 'micro_id' end;
  v_uuid_name text := case when job ? 'microUuid' then 'microUuid' else 'micro_uuid' end;
  v_slug text := app.to_construction_slug(job ->> v_id_name);
  v_errors jsonb;
  v_answers jsonb;
  v_found record;
  v_questions jsonb;
  v_job public.jobs;
begin
  if jsonb_typeof(job) is distinct from 'object' then
    perform app.raise_problem(400, 'invalid-input', 'A job is a JSON object.');
  end if;
  v_errors := app.job_input_errors(job);
  if v_slug is null then
    v_errors := v_errors || jsonb_build_object(
      'pointer', '/' || v_id_name,
      'code', case when job ->> v_id_name is null then 'required' else 'invalid_format' end,
      'detail', 'must be the slug of a service, such as wall-painting'
    );
  end if;
  if v_errors <> '[]' then
    perform app.raise_invalid_job(v_errors);
  end if;

  v_answers := coalesce(nullif(job -> 'answers', 'null'), '{}');
  v_found := app.wizard_path(array[v_slug]);
  v_questions := app.wizard_questions(v_found.path, nullif(job -> 'question_versions', 'null'));
  if lower(job ->> v_uuid_name) <> coalesce(v_found.micro_uuid::text, '') then
    v_errors := v_errors || jsonb_build_object(
      'pointer', '/' || v_uuid_name, 'code', 'invalid_value',
      'detail', format('does not belong to %s; send the pair that the questions came with, or the slug alone', v_slug)
    );
  end if;
  if v_questions is null then
    v_errors := v_errors || jsonb '{
      "pointer": "/question_versions", "code": "invalid_value", "detail": "names a version that never was"
    }';
  else
    v_errors := v_errors || app.check_answers(v_questions, v_answers, v_found.micro_uuid is not null);
  end if;
  if v_errors <> '[]' then
    perform app.raise_invalid_job(v_errors);
  end if;

  insert into public.jobs as j (
    owner_id, micro_id, micro_uuid, answers, question_versions, location, budget, currency
  )
  values (
    v_owner_id, v_slug, v_found.micro_uuid, v_answers,
    (
      select coalesce(jsonb_object_agg(q.question ->> 'block', q.question -> 'version'), '{}')
      from jsonb_array_elements(v_questions) as q (question)
    ),
    nullif(job -> 'location', 'null'), (job ->> 'budget')::numeric, coalesce(job ->> 'currency', 'USD')
  )
  returning j.* into v_job;
  return app.job_json(v_job);
end;
$$;
comment on function app.publish_job is
  'Checks and publishes a construction job of the caller; problem 400 names each field.';
grant execute on function app.publish_job to authenticated;

-- sql/construction/app_recommend_micro_services.sql
-- What people who ordered a service also ordered: counts of owners with published or closed jobs of both, most first,
-- then by slug; where that says too little, the neighbours in the taxonomy follow with a count of 0. A pair counts from
-- two owners on, so that nobody's single job shows. Definer, because it counts everybody's jobs; it tells counts only.
create or replace function app.recommend_micro_services(micro_id text, max_results int)
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text, owners bigint, reason text)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_service public.micro_services;
begin
  select m.* into v_service
  from public.micro_services as m
  where m.slug = recommend_micro_services.micro_id and m.active;
  if v_service.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such service.');
  end if;
  return query
  -- Each owner once: one with a thousand jobs of a service has none of them met by each of a thousand others.
  with owner as materialized (
    select distinct j.owner_id from public.jobs as j where j.micro_uuid = v_service.id
  ),
  ordered_together as (
    select j.micro_uuid, count(distinct j.owner_id) as owners
    from owner as o
    join public.jobs as j on j.owner_id = o.owner_id and j.micro_uuid <> v_service.id
    group by j.micro_uuid
    having count(distinct j.owner_id) >= 2
  )
  select
    m.slug, m.id, m.name, m.category, m.subcategory, coalesce(t.owners, 0),
    case
      when t.owners is not null then 'ordered_together'
      when m.subcategory = v_service.subcategory then 'same_subcategory'
      else 'same_category'
    end
  from public.micro_services as m
  left join ordered_together as t on t.micro_uuid = m.id
  where m.active and m.id <> v_service.id and (t.owners is not null or m.category = v_service.category)
  order by
    coalesce(t.owners, 0) desc,
    m.category = v_service.category and m.subcategory = v_service.subcategory desc,
    m.slug
  limit least(greatest(recommend_micro_services.max_results, 1), 50);
end;
$$;
comment on function app.recommend_micro_services is
  'Services ordered by the same people, then neighbours in the taxonomy.';
grant execute on function app.recommend_micro_services to authenticated, service_role;

-- sql/construction/app_report_orphaned_jobs.sql
-- Jobs whose slug no service has, by slug, most first, with the service that is written most alike: the data to correct
-- when the fallback rate is high. Definer, because it reads everybody's jobs; superadmins and the platform only.
create or replace function app.report_orphaned_jobs(max_slugs int)
returns table (micro_id text, jobs bigint, first_at timestamptz, last_at timestamptz, similar_slug text)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  return query
  with orphans as (
    select j.micro_id, count(*) as jobs, min(j.created_at) as first_at, max(j.created_at) as last_at
    from public.jobs as j
    where j.micro_uuid is null
      and not exists (select from public.micro_services as m where m.slug = j.micro_id)
    group by j.micro_id
    order by count(*) desc, j.micro_id
    limit least(greatest(report_orphaned_jobs.max_slugs, 1), 1000)
  )
  select o.micro_id, o.jobs, o.first_at, o.last_at, s.slug
  from orphans as o
  left join lateral (
    select m.slug
    from public.micro_services as m
    where extensions.similarity(m.slug, o.micro_id) >= 0.3
    order by extensions.similarity(m.slug, o.micro_id) desc, m.slug
    limit 1
  ) as s on true
  order by o.jobs desc, o.micro_id;
end;
$$;
comment on function app.report_orphaned_jobs is 'Slugs of jobs that no service has, with the most similar service.';
grant execute on function app.report_orphaned_jobs to authenticated, service_role;

-- sql/construction/app_rollback_job_uuids.sql
-- Takes back what the backfill filled in, a batch a call: jobs that were published with their uuid keep it. Jobs stay
-- valid by their slug throughout. Definer for the same reason as the way forward.
create or replace function app.rollback_job_uuids(batch_size int)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_started timestamptz := clock_timestamp();
  v_changed int;
begin
  perform app.require_platform();
  perform app.require_batch_size(batch_size);
  with candidates as (
    select j.id
    from public.jobs as j
    where j.micro_uuid_backfilled_at is not null
    limit rollback_job_uuids.batch_size
    for update skip locked
  )
  update public.jobs as j
  set micro_uuid = null, micro_uuid_backfilled_at = null
  from candidates as c
  where j.id = c.id;
  get diagnostics v_changed = row_count;
  perform app.record_uuid_migration('back', rollback_job_uuids.batch_size, v_changed, v_started);
  return v_changed;
end;
$$;
comment on function app.rollback_job_uuids is 'Empties micro_uuid of one batch of backfilled jobs; returns how many.';
grant execute on function app.rollback_job_uuids to authenticated, service_role;

-- sql/construction/app_set_feature_flag.sql
-- Makes or changes a rollout. Definer, because clients have no grant to write; superadmins and the platform only.
create or replace function app.set_feature_flag(flag text, percentage numeric, enabled boolean, description text)
returns public.feature_flags
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_flag public.feature_flags;
begin
  perform app.require_platform();
  insert into public.feature_flags as f (flag, percentage, enabled, description)
  values (
    set_feature_flag.flag, set_feature_flag.percentage, set_feature_flag.enabled,
    coalesce(set_feature_flag.description, '')
  )
  on conflict (flag) do update
  set percentage = excluded.percentage,
      enabled = excluded.enabled,
      description = coalesce(set_feature_flag.description, f.description)
  returning f.* into v_flag;
  return v_flag;
end;
$$;
comment on function app.set_feature_flag is 'Makes or changes a percentage rollout.';
grant execute on function app.set_feature_flag to authenticated, service_role;

-- sql/construction/build_wizard_questions.sql
-- The wizard's questions for a selection of categories from the general to the particular, such as
-- {painting, interior, wall-painting}. Never refuses: what is null, empty or no slug is passed over, an unknown service
-- gets the questions of the levels above it and goes by its slug (fallback).
create or replace function public.build_wizard_questions(categories text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_slugs text[];
  v_found record;
begin
  select array_agg(s.slug order by s.number) into v_slugs
  from (
    select app.to_construction_slug(c.category) as slug, c.number
    from unnest(build_wizard_questions.categories) with ordinality as c (category, number)
  ) as s
  where s.slug is not null;
  v_found := app.wizard_path(v_slugs);
  return jsonb_build_object(
    'questions', app.wizard_questions(v_found.path),
    'microId', v_found.micro_id,
    'microUuid', v_found.micro_uuid,
    'fallback', v_found.micro_uuid is null
  );
end;
$$;
comment on function public.build_wizard_questions is
  '{"questions", "microId", "microUuid", "fallback"} for a selection of construction categories.';
grant execute on function public.build_wizard_questions to authenticated, service_role;

-- sql/construction/check_answers.sql
-- Holds a job's answers to the questions: each answered one fits, each required one that is visible is answered, none
-- is answered that is hidden or was never asked. A list of {pointer, code, detail}; empty when all is well. Of a
-- service we do not know (`is_known` false) other answers may come too: nobody here can judge them.
create or replace function app.check_answers(questions jsonb, answers jsonb, is_known boolean default true)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_question jsonb;
  v_id text;
  v_answer jsonb;
  v_fault jsonb;
begin
  for v_question in select q.question from jsonb_array_elements(check_answers.questions) as q (question) loop
    v_id := v_question ->> 'id';
    v_answer := nullif(check_answers.answers -> v_id, 'null');
    if v_answer is null then
      v_fault := case
        when (v_question ->> 'required')::boolean
          and app.question_is_visible(v_question, check_answers.answers)
        then jsonb '{"code": "required", "detail": "is required; answer the question"}'
      end;
    elsif not app.question_is_visible(v_question, check_answers.answers) then
      v_fault := jsonb_build_object(
        'code', 'not_applicable',
        'detail', format('is not asked after this answer to %s; leave it out', v_question #>> '{visible_if,question}')
      );
    else
      v_fault := app.answer_fault(v_question, v_answer);
    end if;
    if v_fault is not null then
      v_errors := v_errors || jsonb_build_object(
        'pointer', '/answers/' || v_id || coalesce(v_fault ->> 'pointer', ''),
        'code', v_fault ->> 'code',
        'detail', v_fault ->> 'detail'
      );
    end if;
  end loop;
  if not check_answers.is_known then
    return v_errors;
  end if;
  return v_errors || coalesce(
    (
      select jsonb_agg(jsonb_build_object(
        'pointer', '/answers/' || replace(replace(k.id, '~', '~0'), '/', '~1'),
        'code', 'unknown_field',
        'detail', 'is no question of this service; remove it'
      ) order by k.id)
      from jsonb_object_keys(check_answers.answers) as k (id)
      where not exists (
        select from jsonb_array_elements(check_answers.questions) as q (question) where q.question ->> 'id' = k.id
      )
    ),
    '[]'
  );
end;
$$;
comment on function app.check_answers is 'Faults of a job''s answers as [{pointer, code, detail}]; [] for none.';

-- sql/construction/choice_fault.sql
-- The fault of an answer that must be one of the options.
create or replace function app.choice_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) = 'string'
    and question -> 'options' @> jsonb_build_array(jsonb_build_object('value', answer))
  then
    return null;
  end if;
  return jsonb_build_object(
    'code', 'invalid_value',
    'detail', 'must be one of '
    || (
      select string_agg(o.option ->> 'value', ', ' order by o.number)
      from jsonb_array_elements(question -> 'options') with ordinality as o (option, number)
    )
  );
end;
$$;
comment on function app.choice_fault is 'Fault of an answer to a single question; null for none.';

-- sql/construction/choices_fault.sql
-- The fault of an answer that must be a list of different options.
create or replace function app.choices_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_most int := coalesce((question ->> 'max_items')::int, jsonb_array_length(question -> 'options'));
  v_fault jsonb;
begin
  if jsonb_typeof(answer) <> 'array' then
    return jsonb '{"code": "invalid_type", "detail": "must be a list of options"}';
  end if;
  if jsonb_array_length(answer) = 0 then
    return jsonb '{"code": "too_small", "detail": "must name at least one option, or be left out"}';
  end if;
  if jsonb_array_length(answer) > v_most then
    return jsonb_build_object('code', 'too_big', 'detail', format('must name at most %s', v_most));
  end if;
  select app.choice_fault(question, a.value) || jsonb_build_object('pointer', '/' || (a.number - 1)) into v_fault
  from jsonb_array_elements(answer) with ordinality as a (value, number)
  where app.choice_fault(question, a.value) is not null
  order by a.number
  limit 1;
  if v_fault is null and (select count(distinct a.value) from jsonb_array_elements(answer) as a (value))
    < jsonb_array_length(answer)
  then
    return jsonb '{"code": "invalid_value", "detail": "names an option twice"}';
  end if;
  return v_fault;
end;
$$;
comment on function app.choices_fault is 'Fault of an answer to a multi question; null for none.';

-- sql/construction/close_job.sql
-- The door to app.close_job.
create or replace function public.close_job(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.close_job(close_job.id);
$$;
comment on function public.close_job is 'Closes a construction job of the caller; problem 404.';
grant execute on function public.close_job to authenticated;

-- sql/construction/date_fault.sql
-- The fault of an answer that must be a date.
create or replace function app.date_fault(answer jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) = 'string'
    and answer #>> '{}' ~ '^\d{4}-\d\d-\d\d$'
    and pg_input_is_valid(answer #>> '{}', 'date')
  then
    return null;
  end if;
  return jsonb '{"code": "invalid_format", "detail": "must be a date such as 2026-01-31"}';
end;
$$;
comment on function app.date_fault is 'Fault of an answer to a date question; null for none.';

-- sql/construction/drop_analytics_partitions.sql
-- Retention: drops whole months of events that ended longer ago than `keep`. A schedule calls it.
create or replace function app.drop_analytics_partitions(
  keep interval default '13 months', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_part record;
  v_dropped int := 0;
begin
  for v_part in
    select c.relname as name
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent = 'public.analytics_events'::regclass
      and to_date(right(c.relname, 7), 'yyyy_mm') + interval '1 month'
        < drop_analytics_partitions.at - drop_analytics_partitions.keep
  loop
    execute format('drop table partitions.%I', v_part.name);
    v_dropped := v_dropped + 1;
  end loop;
  return v_dropped;
end;
$$;
comment on function app.drop_analytics_partitions is 'Drops months of events older than so long; returns how many.';

-- sql/construction/ensure_signed_in_user.sql
-- users.id of the caller, whose row is made when this is the first time we see them. Service clients of another issuer
-- are no people. Called by definer functions alone.
create or replace function app.ensure_signed_in_user()
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_user_id uuid := app.signed_in_user_id();
begin
  if v_user_id is null and v_claims ? 'appwrite_user_id' then
    v_user_id := app.ensure_user(v_claims ->> 'appwrite_user_id');
  end if;
  if v_user_id is null then
    perform app.raise_problem(
      403, 'forbidden', 'Only a user can own a job.', null, 'Sign in with Appwrite.'
    );
  end if;
  return v_user_id;
end;
$$;
comment on function app.ensure_signed_in_user is 'users.id of the caller, made when missing; problem 403 for programs.';

-- sql/construction/first_analytics_partitions.sql
-- The first months of events.
do $$
begin
  perform app.create_analytics_partitions();
end;
$$;

-- sql/construction/get_job.sql
-- One job of the caller's. An invoker: row level security hides those of others.
create or replace function public.get_job(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_job public.jobs;
begin
  select j.* into v_job
  from public.jobs as j
  where j.id = get_job.id and (app.is_service() or j.owner_id = (select app.signed_in_user_id()));
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'You have no such job.');
  end if;
  return app.job_json(v_job);
end;
$$;
comment on function public.get_job is 'One construction job of the caller; problem 404.';
grant execute on function public.get_job to authenticated, service_role;

-- sql/construction/get_uuid_lookup_stats.sql
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

-- sql/construction/get_uuid_migration_stats.sql
-- The door to app.get_uuid_migration_stats.
create or replace function public.get_uuid_migration_stats()
returns table (
  total_jobs bigint,
  jobs_with_uuid bigint,
  jobs_without_uuid bigint,
  migratable_jobs bigint,
  orphaned_jobs bigint,
  backfilled_jobs bigint,
  completion_pct numeric,
  last_run_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select s.* from app.get_uuid_migration_stats() as s;
$$;
comment on function public.get_uuid_migration_stats is
  'Progress of the backfill of jobs.micro_uuid; 100 percent when nothing that can be filled is left.';
grant execute on function public.get_uuid_migration_stats to authenticated, service_role;

-- sql/construction/is_feature_enabled.sql
-- The door to app.is_feature_enabled.
create or replace function public.is_feature_enabled(flag text, micro_uuid uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select app.is_feature_enabled(is_feature_enabled.flag, is_feature_enabled.micro_uuid);
$$;
comment on function public.is_feature_enabled is
  'Whether a percentage rollout has reached the service with this uuid; the same answer every time.';
grant execute on function public.is_feature_enabled to authenticated, service_role;

-- sql/construction/is_money.sql
-- Whether a text is an amount of money that fits numeric(12, 2): no sign, at most two decimals. Null for null.
create or replace function app.is_money(amount text)
returns boolean
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return amount ~ '^\d{1,10}(\.\d{1,2})?$';
end;
$$;
comment on function app.is_money is 'True for amounts such as 1500 or 1500.00.';

-- sql/construction/job_input_errors.sql
-- What is wrong with the plain fields of a job on its way in; the answers are held to the questions elsewhere.
create or replace function app.job_input_errors(job jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_known constant text[] := array[
    'micro_id', 'microId', 'micro_uuid', 'microUuid', 'answers', 'question_versions', 'location', 'budget', 'currency'
  ];
begin
  select coalesce(jsonb_agg(jsonb_build_object(
    'pointer', '/' || k.name, 'code', 'unknown_field', 'detail', 'is not known here; remove it or correct its name'
  ) order by k.name), '[]') into v_errors
  from jsonb_object_keys(job) as k (name)
  where k.name <> all (v_known);
  if coalesce(jsonb_typeof(job -> 'answers'), 'object') not in ('object', 'null') then
    v_errors := v_errors || jsonb '{"pointer": "/answers", "code": "invalid_type", "detail": "must be an object"}';
  elsif not app.json_fits(coalesce(job -> 'answers', '{}'), 65536) then
    v_errors := v_errors || jsonb '{"pointer": "/answers", "code": "too_big", "detail": "must be at most 64 KiB"}';
  end if;
  if coalesce(jsonb_typeof(job -> 'question_versions'), 'object') not in ('object', 'null')
    or jsonb_path_exists(
      job, '$.question_versions.* ? (@.type() != "number" || @ < 1 || @ > 1000000 || @ != @.floor())'
    )
  then
    v_errors := v_errors || jsonb '{
      "pointer": "/question_versions", "code": "invalid_type", "detail": "must be an object of block: version"
    }';
  end if;
  if coalesce(jsonb_typeof(job -> 'location'), 'object') not in ('object', 'string', 'null')
    or not app.json_fits(coalesce(job -> 'location', '{}'), 2048)
  then
    v_errors := v_errors || jsonb '{
      "pointer": "/location", "code": "invalid_type", "detail": "must be a text or an object of at most 2 KiB"
    }';
  end if;
  if app.is_money(job ->> 'budget') is false or jsonb_typeof(job -> 'budget') not in ('number', 'string', 'null') then
    v_errors := v_errors || jsonb '{
      "pointer": "/budget", "code": "invalid_format", "detail": "must be an amount such as 1500.00"
    }';
  end if;
  if job ->> 'currency' !~ '^[A-Z]{3}$' then
    v_errors := v_errors || jsonb '{
      "pointer": "/currency", "code": "invalid_format", "detail": "must be a currency code such as USD"
    }';
  end if;
  return v_errors;
end;
$$;
comment on function app.job_input_errors is
  'Faults of the plain fields of a job as [{pointer, code, detail}]; [] for none.';

-- sql/construction/job_json.sql
-- A construction job as its owner sees it; slug and uuid also by the names that the wizard has for them.
create or replace function app.job_json(job public.jobs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', job.id,
    'micro_id', job.micro_id,
    'micro_uuid', job.micro_uuid,
    'microId', job.micro_id,
    'microUuid', job.micro_uuid,
    'status', job.status,
    'answers', job.answers,
    'question_versions', job.question_versions,
    'location', job.location,
    'budget', job.budget::text,
    'currency', job.currency,
    'owner_id', job.owner_id,
    'created_at', job.created_at,
    'updated_at', job.updated_at
  );
end;
$$;
comment on function app.job_json is 'A construction job as the API shows it.';
grant execute on function app.job_json to authenticated, service_role;

-- sql/construction/list_jobs.sql
-- The caller's jobs, newest first.
create or replace function public.list_jobs(
  status text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_owner_id uuid := app.signed_in_user_id();
  v_scope text := concat_ws('/', 'construction-jobs', v_owner_id, coalesce(list_jobs.status, '-'));
  v_after jsonb := app.decode_cursor(v_scope, list_jobs.cursor);
  v_jobs public.jobs[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_jobs.status, '{published, closed}');
  select array_agg(page.job order by (page.job).created_at desc, (page.job).id desc) into v_jobs
  from (
    select j as job
    from public.jobs as j
    where j.owner_id = v_owner_id
      and (list_jobs.status is null or j.status = list_jobs.status)
      and (
        v_after is null
        or (j.created_at, j.id) < ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by j.created_at desc, j.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.job_json(j)) from unnest(v_jobs[:page_limit]) as j), '[]'),
    'next_cursor', case when cardinality(v_jobs) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_jobs[page_limit].created_at, 'id', v_jobs[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_jobs is 'The caller''s construction jobs, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_jobs to authenticated;

-- sql/construction/list_micro_services.sql
-- The services on offer, in the order of the taxonomy.
create or replace function public.list_micro_services(
  category text default null,
  subcategory text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_scope text := concat_ws(
    '/', 'micro-services', coalesce(list_micro_services.category, '-'), coalesce(list_micro_services.subcategory, '-')
  );
  v_after jsonb := app.decode_cursor(v_scope, list_micro_services.cursor);
  v_services public.micro_services[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.service order by (page.service).category, (page.service).subcategory, (page.service).slug)
  into v_services
  from (
    select m as service
    from public.micro_services as m
    where m.active
      and (list_micro_services.category is null or m.category = list_micro_services.category)
      and (list_micro_services.subcategory is null or m.subcategory = list_micro_services.subcategory)
      and (
        v_after is null
        or (m.category, m.subcategory, m.slug) > (
          v_after ->> 'category', v_after ->> 'subcategory', v_after ->> 'slug'
        )
      )
    order by m.category, m.subcategory, m.slug
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.micro_service_json(s)) from unnest(v_services[:page_limit]) as s), '[]'),
    'next_cursor', case when cardinality(v_services) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'category', v_services[page_limit].category,
      'subcategory', v_services[page_limit].subcategory,
      'slug', v_services[page_limit].slug
    )) end
  );
end;
$$;
comment on function public.list_micro_services is
  'Active micro services by category, subcategory and slug, as {"data", "next_cursor"}.';
grant execute on function public.list_micro_services to authenticated, service_role;

-- sql/construction/lookup_micro_services.sql
-- The uuids of many slugs in one statement: one row for each known, active service asked for. What is not in the
-- answer has no uuid, and its jobs go by the slug alone.
create or replace function public.lookup_micro_services(slugs text[])
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  if cardinality(lookup_micro_services.slugs) > 1000 then
    perform app.raise_problem(
      400, 'invalid-input', 'Too many slugs at once.',
      jsonb '[{"pointer": "/slugs", "code": "too_big", "detail": "must be at most 1000 items"}]'
    );
  end if;
  return query
  select m.slug, m.id, m.name, m.category, m.subcategory
  from public.micro_services as m
  where m.slug = any (lookup_micro_services.slugs) and m.active;
end;
$$;
comment on function public.lookup_micro_services is
  'Slug, uuid and place of each of these services that is known and active; at most 1000 slugs.';
grant execute on function public.lookup_micro_services to authenticated, service_role;

-- sql/construction/micro_service_json.sql
-- A service as clients see it.
create or replace function app.micro_service_json(service public.micro_services)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', service.id,
    'slug', service.slug,
    'name', service.name,
    'category', service.category,
    'subcategory', service.subcategory,
    'active', service.active
  );
end;
$$;
comment on function app.micro_service_json is 'A micro service as the API shows it.';
grant execute on function app.micro_service_json to authenticated, service_role;

-- sql/construction/migrate_job_uuids.sql
-- The door to app.migrate_job_uuids, with what is left to do. Call it until `remaining` is 0.
create or replace function public.migrate_job_uuids(batch_size int default 10000)
returns table (migrated int, remaining bigint, orphaned bigint)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_migrated int := app.migrate_job_uuids(migrate_job_uuids.batch_size);
begin
  return query
  select v_migrated, s.migratable_jobs, s.orphaned_jobs from public.get_uuid_migration_stats() as s;
end;
$$;
comment on function public.migrate_job_uuids is
  'Gives one batch of slug-only jobs their uuid; tells how many remain and how many slugs no service has.';
grant execute on function public.migrate_job_uuids to authenticated, service_role;

-- sql/construction/number_fault.sql
-- The fault of an answer that must be a number, bare or as {"value", "unit"}. The limits are those of the first unit;
-- an answer in another unit only has to be finite and not below zero where they say so.
create or replace function app.number_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_units jsonb := question -> 'units';
  v_value jsonb := answer;
  v_number numeric;
begin
  if v_units is not null and jsonb_typeof(answer) = 'object' then
    if answer - array['value', 'unit'] <> '{}' then
      return jsonb '{"code": "unknown_field", "detail": "may hold value and unit only"}';
    end if;
    if not coalesce(v_units @> (answer -> 'unit') and jsonb_typeof(answer -> 'unit') = 'string', false) then
      return jsonb_build_object(
        'pointer', '/unit', 'code', 'invalid_value',
        'detail', 'must be one of '
        || (select string_agg(u.unit, ', ') from jsonb_array_elements_text(v_units) as u (unit))
      );
    end if;
    v_value := answer -> 'value';
  end if;
  if jsonb_typeof(v_value) is distinct from 'number' then
    return jsonb_build_object(
      'code', 'invalid_type',
      'detail', case when v_units is null then 'must be a number' else 'must be a number, or {"value", "unit"}' end
    );
  end if;
  v_number := v_value::text::numeric;
  if (question ->> 'whole')::boolean and v_number <> trunc(v_number) then
    return jsonb '{"code": "invalid_value", "detail": "must be a whole number"}';
  end if;
  if v_number < (question ->> 'min')::numeric then
    return jsonb_build_object('code', 'too_small', 'detail', format('must be at least %s', question ->> 'min'));
  end if;
  if v_number > (question ->> 'max')::numeric * app.unit_allowance(answer ->> 'unit') then
    return jsonb_build_object('code', 'too_big', 'detail', format('must be at most %s', question ->> 'max'));
  end if;
  return null;
exception when others then
  return jsonb '{"code": "invalid_type", "detail": "must be a number"}';
end;
$$;
comment on function app.number_fault is 'Fault of an answer to a number question; null for none.';

-- sql/construction/photos_fault.sql
-- The fault of an answer that must be a list of references to photos: https addresses, or paths of objects in Storage.
create or replace function app.photos_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_at bigint;
begin
  if jsonb_typeof(answer) <> 'array' then
    return jsonb '{"code": "invalid_type", "detail": "must be a list of references to photos"}';
  end if;
  if jsonb_array_length(answer) > (question ->> 'max_items')::int then
    return jsonb_build_object('code', 'too_big', 'detail', format('must name at most %s', question ->> 'max_items'));
  end if;
  select a.number - 1 into v_at
  from jsonb_array_elements(answer) with ordinality as a (value, number)
  where not (
    jsonb_typeof(a.value) = 'string'
    and length(a.value #>> '{}') <= 500
    and a.value #>> '{}' ~ '^(https://[^\s]+|[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*)$'
  )
  order by a.number
  limit 1;
  if v_at is null then
    return null;
  end if;
  return jsonb_build_object(
    'pointer', '/' || v_at, 'code', 'invalid_format',
    'detail', 'must be an https address or the path of an object in Storage'
  );
end;
$$;
comment on function app.photos_fault is 'Fault of an answer to a photos question; null for none.';

-- sql/construction/publish_job.sql
-- The door to app.publish_job.
create or replace function public.publish_job(job jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.publish_job(publish_job.job);
$$;
comment on function public.publish_job is
  'Publishes a construction job {microId, microUuid?, answers, location?, budget?, currency?}; for everybody signed '
  'in.';
grant execute on function public.publish_job to authenticated;

-- sql/construction/question_is_visible.sql
-- Whether a question is to be asked, given the other answers: always, or where the question it depends on was answered
-- with one of the values it waits for (one of several, for a multi).
create or replace function app.question_is_visible(question jsonb, answers jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_condition jsonb := question -> 'visible_if';
  v_answer jsonb := answers -> (v_condition ->> 'question');
begin
  return v_condition is null
    or coalesce(v_condition -> 'one_of' @> v_answer, false)
    or jsonb_typeof(v_answer) = 'array' and exists (
      select from jsonb_array_elements(v_answer) as a (value) where v_condition -> 'one_of' @> a.value
    );
end;
$$;
comment on function app.question_is_visible is 'Whether the other answers make a wizard question visible.';

-- sql/construction/raise_invalid_job.sql
-- The one problem for a job that cannot be published.
create or replace function app.raise_invalid_job(errors jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.raise_problem(
    400, 'invalid-input',
    format(
      'The job: %s %s%s.', errors #>> '{0,pointer}', errors #>> '{0,detail}',
      case
        when jsonb_array_length(errors) > 1
        then format(' (and %s more, see errors)', jsonb_array_length(errors) - 1)
      end
    ),
    jsonb_path_query_array(errors, '$[0 to 99]')
  );
end;
$$;
comment on function app.raise_invalid_job is 'Problem 400 with the faults of a construction job.';

-- sql/construction/recommend_micro_services.sql
-- The door to app.recommend_micro_services.
create or replace function public.recommend_micro_services(micro_id text, max_results int default 5)
returns table (slug text, micro_uuid uuid, name text, category text, subcategory text, owners bigint, reason text)
language sql
stable
set search_path = ''
as $$
  select r.*
  from app.recommend_micro_services(recommend_micro_services.micro_id, recommend_micro_services.max_results) as r;
$$;
comment on function public.recommend_micro_services is
  'Services that people who ordered this one also ordered, by the number of people; then its neighbours.';
grant execute on function public.recommend_micro_services to authenticated, service_role;

-- sql/construction/record_analytics_events.sql
-- Writes a batch of events in one statement: [{name, properties, at}], `at` in milliseconds since 1970. What happened
-- while the database was away comes late; anything outside the last day is taken to have happened now. For the
-- functions, connected as the owner.
create or replace function app.record_analytics_events(events jsonb)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_written int;
begin
  if to_regclass(format('partitions.analytics_events_%s', to_char(now() at time zone 'utc', 'yyyy_mm'))) is null then
    perform app.create_analytics_partitions();
  end if;
  insert into public.analytics_events (event_name, event_properties, created_at)
  select
    e.name,
    coalesce(e.properties, '{}'),
    case
      when to_timestamp(e.at / 1000) between now() - interval '1 day' and now() then to_timestamp(e.at / 1000)
      else now()
    end
  from jsonb_to_recordset(record_analytics_events.events) as e (name text, properties jsonb, at double precision);
  get diagnostics v_written = row_count;
  return v_written;
end;
$$;
comment on function app.record_analytics_events is 'Writes a batch of events for dashboards; returns how many.';

-- sql/construction/record_uuid_migration.sql
-- Notes one batch of the backfill or its rollback; empty ones leave no trace.
create or replace function app.record_uuid_migration(
  direction text,
  batch_size int,
  jobs_changed int,
  started_at timestamptz
)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into app.uuid_migration_runs (direction, batch_size, jobs_changed, requested_by, started_at, took)
  select
    record_uuid_migration.direction, record_uuid_migration.batch_size, record_uuid_migration.jobs_changed,
    app.current_subject(), record_uuid_migration.started_at, clock_timestamp() - record_uuid_migration.started_at
  where record_uuid_migration.jobs_changed > 0;
$$;
comment on function app.record_uuid_migration is 'Adds a batch to the record of the backfill.';

-- sql/construction/report_orphaned_jobs.sql
-- The door to app.report_orphaned_jobs.
create or replace function public.report_orphaned_jobs(max_slugs int default 100)
returns table (micro_id text, jobs bigint, first_at timestamptz, last_at timestamptz, similar_slug text)
language sql
stable
set search_path = ''
as $$
  select r.* from app.report_orphaned_jobs(report_orphaned_jobs.max_slugs) as r;
$$;
comment on function public.report_orphaned_jobs is
  'Slugs of jobs that no service has, most first, with the most similar service. For superadmins and the service key.';
grant execute on function public.report_orphaned_jobs to authenticated, service_role;

-- sql/construction/require_batch_size.sql
-- Holds the batches of the backfill to a size that locks nothing for long.
create or replace function app.require_batch_size(batch_size int)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if batch_size between 1 and 100000 is not true then
    perform app.raise_problem(
      400, 'invalid-input', 'The batch size must be a whole number from 1 to 100000.',
      jsonb '[{"pointer": "/batch_size", "code": "out_of_range", "detail": "must be from 1 to 100000"}]'
    );
  end if;
end;
$$;
comment on function app.require_batch_size is 'Problem 400 for a batch size outside 1 to 100000.';

-- sql/construction/rollback_job_uuids.sql
-- The door to app.rollback_job_uuids, with what is left to take back. Call it until `remaining` is 0.
create or replace function public.rollback_job_uuids(batch_size int default 10000)
returns table (rolled_back int, remaining bigint)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changed int := app.rollback_job_uuids(rollback_job_uuids.batch_size);
begin
  return query
  select v_changed, s.backfilled_jobs from public.get_uuid_migration_stats() as s;
end;
$$;
comment on function public.rollback_job_uuids is
  'Takes back one batch of what migrate_job_uuids filled in; tells how many remain.';
grant execute on function public.rollback_job_uuids to authenticated, service_role;

-- sql/construction/rollout_bucket.sql
-- Where a service stands in a rollout, 0.00 to 99.99. SHA-256 of flag and uuid rather than Postgres' own hashes, which
-- may differ between versions and machines: the same everywhere, for ever.
create or replace function app.rollout_bucket(flag text, micro_uuid uuid)
returns numeric
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return (
    ('x' || left(encode(sha256(convert_to(flag || ':' || micro_uuid::text, 'utf8')), 'hex'), 12))::bit(48)::bigint
    % 10000
  ) / 100.0;
end;
$$;
comment on function app.rollout_bucket is 'A stable number from 0.00 to 99.99 for a flag and a micro uuid.';

-- sql/construction/seed_micro_services.sql
-- Brings the services up to the list of the seeds: new ones are added, names and places corrected. What the list no
-- longer names stays as it is. For migrations.
create or replace function app.seed_micro_services(services jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.micro_services as m (id, slug, name, category, subcategory)
  select app.micro_service_uuid(s.slug), s.slug, s.name, s.category, s.subcategory
  from jsonb_to_recordset(seed_micro_services.services) as s (slug text, name text, category text, subcategory text)
  on conflict (slug) do update
  set name = excluded.name, category = excluded.category, subcategory = excluded.subcategory
  where (m.name, m.category, m.subcategory) is distinct from (excluded.name, excluded.category, excluded.subcategory);
$$;
comment on function app.seed_micro_services is 'Adds or corrects micro services from a list; for migrations.';

-- sql/construction/seed_question_block.sql
-- Writes one version of a block; the same again changes nothing. A version that is there already with other questions
-- is a mistake: whoever changes questions counts the version up. For migrations.
create or replace function app.seed_question_block(
  key text,
  version int,
  applies_to text,
  "position" int,
  questions jsonb
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_known public.question_blocks;
begin
  select b.* into v_known
  from public.question_blocks as b
  where b.key = seed_question_block.key and b.version = seed_question_block.version;
  if v_known.key is null then
    insert into public.question_blocks (key, version, applies_to, position, questions)
    values (
      seed_question_block.key, seed_question_block.version, seed_question_block.applies_to,
      seed_question_block.position, seed_question_block.questions
    );
  elsif v_known.questions <> seed_question_block.questions
    or v_known.applies_to is distinct from seed_question_block.applies_to
  then
    raise exception 'version % of the question block % is there already and says something else',
      seed_question_block.version, seed_question_block.key
      using hint = 'Count the version of the block up.';
  end if;
end;
$$;
comment on function app.seed_question_block is 'Adds a version of a block of wizard questions; for migrations.';

-- sql/construction/set_feature_flag.sql
-- The door to app.set_feature_flag.
create or replace function public.set_feature_flag(
  flag text,
  percentage numeric,
  enabled boolean default true,
  description text default null
)
returns public.feature_flags
language sql
volatile
set search_path = ''
as $$
  select * from app.set_feature_flag(
    set_feature_flag.flag, set_feature_flag.percentage, set_feature_flag.enabled, set_feature_flag.description
  );
$$;
comment on function public.set_feature_flag is
  'Makes or changes a percentage rollout. For superadmins and the service key.';
grant execute on function public.set_feature_flag to authenticated, service_role;

-- sql/construction/text_fault.sql
-- The fault of an answer that must be a text.
create or replace function app.text_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) <> 'string' then
    return jsonb '{"code": "invalid_type", "detail": "must be a text"}';
  end if;
  if btrim(answer #>> '{}') = '' then
    return jsonb '{"code": "too_small", "detail": "must not be blank; leave it out instead"}';
  end if;
  if length(answer #>> '{}') > (question ->> 'max_length')::int then
    return jsonb_build_object(
      'code', 'too_big', 'detail', format('must be at most %s characters long', question ->> 'max_length')
    );
  end if;
  return null;
end;
$$;
comment on function app.text_fault is 'Fault of an answer to a text question; null for none.';

-- sql/construction/to_construction_slug.sql
-- A category as people write it, as a slug; null for what cannot be one. The same rule as toSlug in
-- functions/construction/catalogue/questions_for.ts.
create or replace function app.to_construction_slug(given text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_slug text := regexp_replace(lower(btrim(given, E' \t\n\r\f\v')), '[[:space:]_]+', '-', 'g');
begin
  if v_slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(v_slug) <= 80 then
    return v_slug;
  end if;
  return null;
end;
$$;
comment on function app.to_construction_slug is
  '''Wall painting'' as ''wall-painting''; null for what cannot be a slug.';
grant execute on function app.to_construction_slug to authenticated, service_role;

-- sql/construction/unit_allowance.sql
-- How many of a unit may stand for one of the metric unit that limits are written in.
create or replace function app.unit_allowance(unit text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case unit_allowance.unit when 'ft2' then 10.7639 when 'ft' then 3.2809 else 1 end;
end;
$$;
comment on function app.unit_allowance is
  'Factor from the unit of a limit to the unit of an answer; 1 where none is needed.';

-- sql/construction/wizard_path.sql
-- Where a selection leads: the place of the service its last slug names, or the selection itself where that is none.
create or replace function app.wizard_path(slugs text[], out path text, out micro_id text, out micro_uuid uuid)
language plpgsql
stable
set search_path = ''
as $$
begin
  micro_id := wizard_path.slugs[cardinality(wizard_path.slugs)];
  path := array_to_string(wizard_path.slugs, '/');
  select m.id, concat_ws('/', m.category, m.subcategory, m.slug) into micro_uuid, path
  from public.micro_services as m
  where m.slug = wizard_path.micro_id and m.active;
  path := coalesce(path, array_to_string(wizard_path.slugs, '/'), '');
end;
$$;
comment on function app.wizard_path is 'Path, slug and uuid of the service that a selection of categories leads to.';
grant execute on function app.wizard_path to authenticated, service_role;

-- sql/construction/wizard_questions.sql
-- The questions that belong to a path of the taxonomy, in order, each with its block and that block's version. With
-- `versions` ({"block": version}) blocks named there come in that version, for a wizard that was opened before a
-- change; the others come in their latest. Null when a version is asked for that never was.
create or replace function app.wizard_questions(path text, versions jsonb default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_questions jsonb;
  v_is_whole boolean;
begin
  with applying as (
    select b.key, max(b.version) as latest
    from public.question_blocks as b
    where b.applies_to is null
      or wizard_questions.path = b.applies_to
      or starts_with(wizard_questions.path, b.applies_to || '/')
    group by b.key
  ),
  wanted as (
    select a.key, coalesce((wizard_questions.versions ->> a.key)::int, a.latest) as version
    from applying as a
  )
  select
    jsonb_agg(
      q.question || jsonb_build_object('block', b.key, 'version', b.version)
      order by b.position, b.key collate "C", q.number
    ) filter (where q.question is not null),
    bool_and(b.key is not null)
  into v_questions, v_is_whole
  from wanted as w
  left join public.question_blocks as b on b.key = w.key and b.version = w.version
  left join lateral jsonb_array_elements(b.questions) with ordinality as q (question, number) on true;
  return case when v_is_whole then coalesce(v_questions, '[]') end;
end;
$$;
comment on function app.wizard_questions is
  'Questions for a path of the construction taxonomy; null for an unknown version.';
grant execute on function app.wizard_questions to authenticated, service_role;
