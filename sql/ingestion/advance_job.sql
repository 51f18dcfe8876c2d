-- Moves a job to its next step: the step, its message and the end of the old message in one transaction. `lanes`
-- messages let as many workers share a step.
create or replace function app.advance_job(job_id uuid, to_step text, message_id bigint, lanes int default 1)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.ingestion_jobs as j set step = advance_job.to_step where j.id = advance_job.job_id;
  perform app.send_ingest_step(advance_job.job_id, advance_job.to_step) from generate_series(1, advance_job.lanes);
  perform pgmq.delete('ingest', advance_job.message_id);
end;
$$;
comment on function app.advance_job is 'Sets a job''s step, queues it and deletes the message of the step before.';
