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
