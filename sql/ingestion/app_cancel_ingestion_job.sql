-- Ends a job that has not ended. Work under way notices at its next commit and undoes itself; what earlier batches
-- applied stays and is counted in the totals. Definer, because members have no grant to write jobs.
create or replace function app.cancel_ingestion_job(id uuid)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_job public.ingestion_jobs;
begin
  select j.* into v_job from public.ingestion_jobs as j
  where j.id = cancel_ingestion_job.id and j.vendor_id = v_vendor_id
  for no key update;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  if v_job.status = 'canceled' then
    return v_job;
  end if;
  if v_job.status in ('completed', 'failed') then
    perform app.raise_problem(
      409, 'conflict', format('The job is %s already; only a job under way can be canceled.', v_job.status)
    );
  end if;
  update public.ingestion_jobs as j
  set status = 'canceled', step = 'done', finished_at = now()
  where j.id = v_job.id
  returning j.* into strict v_job;
  if v_job.started_at is not null then
    perform app.send_ingest_step(v_job.id, 'cleanup');
  end if;
  return v_job;
end;
$$;
comment on function app.cancel_ingestion_job is
  'Cancels a queued or running job of the caller''s vendor; its staging is removed by the worker.';
grant execute on function app.cancel_ingestion_job to authenticated;
