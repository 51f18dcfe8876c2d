-- A job as clients see it. `error_path` is the object in the bucket ingest, from which the api signs error_url.
create or replace function app.ingestion_job_json(job public.ingestion_jobs)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', (job).id,
    'super_id', (job).super_id,
    'mode', (job).mode,
    'status', (job).status,
    'step', (job).step,
    'progress_pct', (job).progress_pct,
    'totals', (job).totals,
    'error', (job).error,
    'error_url', (job).error_url,
    'attempt', (job).attempt,
    'created_at', (job).created_at,
    'started_at', (job).started_at,
    'finished_at', (job).finished_at,
    'params', (job).params,
    'dialect', (job).dialect,
    'mapping', (job).mapping -> 'columns'
  );
$$;
comment on function app.ingestion_job_json is 'The JSON of a job; error_url is still the path of the object.';
grant execute on function app.ingestion_job_json to authenticated, service_role;
