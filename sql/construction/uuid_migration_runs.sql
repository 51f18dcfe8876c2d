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
