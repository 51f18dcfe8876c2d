-- The door to app.cancel_ingestion_job for rpc() and the api.
create or replace function public.cancel_ingestion_job(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.ingestion_job_json(j) from app.cancel_ingestion_job(cancel_ingestion_job.id) as j;
$$;
comment on function public.cancel_ingestion_job is
  'Cancels a job under way; its totals say what was applied before. Needs vendor_operator.';
grant execute on function public.cancel_ingestion_job to authenticated;
