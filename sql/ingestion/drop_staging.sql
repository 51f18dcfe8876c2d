-- Removes everything a job put aside while it worked. Safe to repeat, and for jobs that put aside nothing.
create or replace function app.drop_staging(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  execute format(
    'drop table if exists %s, %s', app.ingest_table(drop_staging.job_id), app.superseded_table(drop_staging.job_id)
  );
  delete from app.ingestion_staging_markers where job_id = drop_staging.job_id;
  delete from app.ingestion_batches where job_id = drop_staging.job_id;
end;
$$;
comment on function app.drop_staging is 'Drops a job''s tables of loaded rows and its batches.';
