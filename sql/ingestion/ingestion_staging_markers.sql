-- Says that the staging tables of a job still hold what was loaded. Unlogged like them, so a Postgres crash empties all
-- of them together; a missing marker sends the job back to the start of its file.
create unlogged table if not exists app.ingestion_staging_markers (
  job_id uuid not null,
  constraint ingestion_staging_markers_pkey primary key (job_id)
);
comment on table app.ingestion_staging_markers is
  'One row per job whose loaded rows are intact; gone after a Postgres crash.';
alter table app.ingestion_staging_markers enable row level security;
alter table app.ingestion_staging_markers force row level security;
