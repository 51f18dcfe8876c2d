-- Ends a job that cannot go on, with the reason and what to do about it, and tells the webhooks. What earlier batches
-- applied stays and is counted in the totals.
create or replace function app.fail_job(job_id uuid, message_id bigint, error jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
begin
  update public.ingestion_jobs as j
  set status = 'failed', step = 'done', finished_at = now(), error = fail_job.error
  where j.id = fail_job.job_id and j.status = 'running'
  returning j.* into v_job;
  if v_job.id is not null then
    perform app.emit_event(v_job.vendor_id, 'job.failed', app.ingestion_event(v_job), v_job.super_id);
    perform app.drop_staging(v_job.id);
  end if;
  perform pgmq.delete('ingest', fail_job.message_id);
end;
$$;
comment on function app.fail_job is 'Fails a running job with {code, detail, remedy} and removes its staging.';
