-- Ends a job that did its work: totals, staging gone, the event in the outbox, the message deleted; all or none. Where
-- it changed something, statistics and word counts follow as a step of their own: nobody waits for them.
create or replace function app.complete_job(job_id uuid, message_id bigint, error_path text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(complete_job.job_id, 'finalize');
begin
  perform app.refresh_job_totals(v_job.id);
  update public.ingestion_jobs as j
  set status = 'completed', step = 'done', progress_pct = 100, finished_at = now(), error_url = complete_job.error_path
  where j.id = v_job.id
  returning j.* into v_job;
  perform app.emit_event(v_job.vendor_id, 'job.completed', app.ingestion_event(v_job), v_job.super_id);
  perform app.drop_staging(v_job.id);
  if (v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint > 0 then
    perform app.send_ingest_step(v_job.id, 'settle');
  end if;
  perform pgmq.delete('ingest', complete_job.message_id);
end;
$$;
comment on function app.complete_job is 'Completes a job whose rows are merged and whose error file is written.';
