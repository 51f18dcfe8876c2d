-- What job.completed and job.failed say about a job.
create or replace function app.ingestion_event(job public.ingestion_jobs)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'job_id', (job).id, 'super_id', (job).super_id, 'mode', (job).mode, 'status', (job).status,
    'totals', (job).totals, 'error', (job).error, 'started_at', (job).started_at, 'finished_at', (job).finished_at
  );
$$;
comment on function app.ingestion_event is 'The data of a job''s outbox event.';
