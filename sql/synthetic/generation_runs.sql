-- One request for synthetic data: what was asked for, how far it is, what came of it. Runs of up to 200 users are done
-- within the request, larger ones by the worker, a chunk of users a step. No password is ever kept here.
create table public.generation_runs (
  id uuid not null default gen_random_uuid(),
  super_id uuid not null,
  status text not null default 'queued',
  params jsonb not null,
  next_user int not null default 0,
  users_total int not null,
  check_ins_created bigint not null default 0,
  users_failed int not null default 0,
  retries int not null default 0,
  duplicates int not null default 0,
  compensations int not null default 0,
  failures jsonb not null default '[]',
  error jsonb,
  requested_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint generation_runs_pkey primary key (id),
  constraint generation_status_is_valid check (status in ('queued', 'running', 'completed', 'failed')),
  constraint an_ended_run_says_when check ((status in ('completed', 'failed')) = (finished_at is not null)),
  constraint a_failed_run_says_why check (status <> 'failed' or error is not null),
  constraint next_user_is_within_the_run check (next_user between 0 and users_total),
  constraint failures_are_a_list check (jsonb_typeof(failures) = 'array')
);
create index generation_runs_super_id_idx on public.generation_runs (super_id);
create index generation_runs_created_at_idx on public.generation_runs (created_at desc, id desc);
comment on table public.generation_runs is 'Runs of the synthetic data generator. Superadmins read them.';
comment on column public.generation_runs.id is 'Names the run.';
comment on column public.generation_runs.super_id is 'The workflow id minted for the run.';
comment on column public.generation_runs.status is 'queued, running, then completed (perhaps with failures) or failed.';
comment on column public.generation_runs.params is
  'patients_count, therapists_count, checkins_per_user, mood_pattern, seed, start_date, locale.';
comment on column public.generation_runs.next_user is 'Users before this number are dealt with; patients come first.';
comment on column public.generation_runs.users_total is 'How many users were asked for.';
comment on column public.generation_runs.check_ins_created is 'Check-ins written so far; only patients check in.';
comment on column public.generation_runs.retries is 'How often a duplicate made another try necessary.';
comment on column public.generation_runs.users_failed is 'How many users could not be made.';
comment on column public.generation_runs.duplicates is 'How often an address or profile was taken already.';
comment on column public.generation_runs.compensations is
  'How often a user was removed again, because the profile could not be written or no answer came.';
comment on column public.generation_runs.failures is
  'Users that could not be made: {index, role, code, detail}; at most 100 are kept.';
comment on column public.generation_runs.error is 'Why the run failed as a whole: {code, detail}. Null unless failed.';
comment on column public.generation_runs.requested_by is 'Appwrite id of the superadmin who asked.';
comment on column public.generation_runs.created_at is 'When it was asked for.';
comment on column public.generation_runs.started_at is 'When the first user was begun.';
comment on column public.generation_runs.finished_at is 'When it was completed or failed.';
comment on column public.generation_runs.updated_at is 'When anything of it last changed.';

create trigger touch_updated_at_trigger
before update on public.generation_runs
for each row execute function app.touch_updated_at();

alter table public.generation_runs enable row level security;
alter table public.generation_runs force row level security;
create policy "superadmins read the runs" on public.generation_runs
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.generation_runs to authenticated, service_role;
