-- What happens by itself, and when: the one list of it. pg_cron runs it where it exists (app.install_schedules),
-- otherwise the worker (app.run_due_schedules). `call` is an expression that does a bounded piece of work and says how
-- much; it may use $1 = batch, $2 = keep, $3 = the present time. Operators change cron, batch, keep and active.
create table app.schedules (
  name text not null,
  cron text not null,
  call text not null,
  description text not null,
  batch int,
  keep interval,
  only_cron boolean not null default false,
  active boolean not null default true,
  next_run_at timestamptz not null default now(),
  last_run_at timestamptz,
  last_status text,
  last_duration_ms int,
  last_count bigint,
  last_error text,
  constraint schedules_pkey primary key (name),
  constraint name_is_a_code check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint cron_is_a_cron_expression check (app.next_cron_time(cron, '2000-01-01 00:00+00') is not null),
  constraint batch_is_positive check (batch > 0),
  constraint keep_is_positive check (keep > interval '0'),
  constraint status_is_known check (last_status in ('succeeded', 'failed')),
  constraint a_failed_run_says_why check (last_status is distinct from 'failed' or last_error is not null)
);
comment on table app.schedules is 'What is done on a schedule: what it calls, how much at once, how it last went.';
comment on column app.schedules.name is 'Names the schedule; its pg_cron job is odyssey_<name>.';
comment on column app.schedules.cron is 'Five cron fields in UTC, or "N seconds" with N from 1 to 59.';
comment on column app.schedules.call is 'Expression that does the work and counts it: $1 batch, $2 keep, $3 the time.';
comment on column app.schedules.description is 'What it does, for operators.';
comment on column app.schedules.batch is
  'The most one run does; a run that did as much is due again at once. Null: the work is small by nature.';
comment on column app.schedules.keep is 'How long what it removes is kept; null where it removes nothing by age.';
comment on column app.schedules.only_cron is 'For pg_cron alone: what wakes the worker cannot be the worker''s own.';
comment on column app.schedules.active is 'False: neither pg_cron nor the worker runs it.';
comment on column app.schedules.next_run_at is 'When the worker runs it next.';
comment on column app.schedules.last_run_at is 'When it last ran, whether it found something to do or not.';
comment on column app.schedules.last_status is 'succeeded or failed; null before the first run.';
comment on column app.schedules.last_duration_ms is 'How long that took.';
comment on column app.schedules.last_count is 'How much it did; null when it failed.';
comment on column app.schedules.last_error is 'SQLSTATE and message of the last run, if it failed.';
alter table app.schedules enable row level security;
alter table app.schedules force row level security;
