-- Ends one load step: the file is read to its end and the merge can be planned, or the load goes on with a new message
-- at the end of the queue, so that other jobs get their turn.
create or replace function app.finish_load(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(finish_load.job_id, 'load');
begin
  perform app.advance_job(
    v_job.id,
    case when (v_job.checkpoint ->> 'offset')::bigint >= (v_job.totals ->> 'bytes')::bigint then 'plan' else 'load' end,
    finish_load.message_id
  );
end;
$$;
comment on function app.finish_load is 'Queues the plan of a job read to its end, or the next stretch of its load.';
