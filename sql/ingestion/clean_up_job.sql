-- The last step of a canceled job.
create or replace function app.clean_up_job(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = clean_up_job.job_id for no key update;
  if v_job.status in ('canceled', 'failed', 'completed') then
    perform app.drop_staging(v_job.id);
  end if;
  perform pgmq.delete('ingest', clean_up_job.message_id);
end;
$$;
comment on function app.clean_up_job is 'Removes the staging of a job that ended.';
