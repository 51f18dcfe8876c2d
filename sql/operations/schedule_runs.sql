-- The record of runs that did something or failed; a run that found nothing to do only moves last_run_at. Kept as long
-- as the schedule schedule_runs says.
create table app.schedule_runs (
  id bigint generated always as identity,
  schedule text not null,
  started_at timestamptz not null,
  duration_ms int not null,
  status text not null,
  count bigint,
  error text,
  constraint schedule_runs_pkey primary key (id),
  constraint schedule_exists foreign key (schedule) references app.schedules (name) on update cascade on delete cascade,
  constraint status_is_known check (status in ('succeeded', 'failed')),
  constraint a_failed_run_says_why check ((status = 'failed') = (error is not null))
);
create index schedule_runs_schedule_idx on app.schedule_runs (schedule, started_at desc);
create index schedule_runs_started_at_idx on app.schedule_runs (started_at);
comment on table app.schedule_runs is 'Runs of schedules that did something or failed.';
comment on column app.schedule_runs.schedule is 'The schedule.';
comment on column app.schedule_runs.started_at is 'When the run began.';
comment on column app.schedule_runs.duration_ms is 'How long it took.';
comment on column app.schedule_runs.status is 'succeeded or failed.';
comment on column app.schedule_runs.count is 'How much it did; null when it failed.';
comment on column app.schedule_runs.error is 'SQLSTATE and message of the failure.';
alter table app.schedule_runs enable row level security;
alter table app.schedule_runs force row level security;
