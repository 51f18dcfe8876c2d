-- Takes a job's row for the end of a step's transaction and makes sure it is still at that step. Otherwise the whole
-- transaction is given up: the job was canceled, or another worker was faster. SQLSTATE OD010 tells the worker which.
-- Not "for update": row errors refer to the job, and a lane that wrote some must not stand in the way of the other.
create or replace function app.lock_running_job(job_id uuid, step text)
returns public.ingestion_jobs
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = lock_running_job.job_id for no key update;
  if v_job.id is null or v_job.status <> 'running' or v_job.step <> lock_running_job.step then
    raise exception 'job is at % (%)', coalesce(v_job.step, 'nothing'), coalesce(v_job.status, 'gone')
      using errcode = 'OD010';
  end if;
  return v_job;
end;
$$;
comment on function app.lock_running_job is 'Locks a running job at a step, or raises OD010.';
