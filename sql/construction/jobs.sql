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
