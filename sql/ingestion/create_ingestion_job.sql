-- The door to app.create_ingestion_job for rpc() and the api.
create or replace function public.create_ingestion_job(mode text, params jsonb default '{}')
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j)
    from app.create_ingestion_job(create_ingestion_job.mode, create_ingestion_job.params) as j;
$$;
comment on function public.create_ingestion_job is 'Makes a job waiting for its upload. Needs vendor_operator.';
grant execute on function public.create_ingestion_job to authenticated;
