-- Gives a step that failed another chance after a pause.
create or replace function app.retry_ingest_step(job_id uuid, message_id bigint, delay_seconds int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform pgmq.set_vt('ingest', retry_ingest_step.message_id, retry_ingest_step.delay_seconds);
  update public.ingestion_jobs as j set attempt = j.attempt + 1
  where j.id = retry_ingest_step.job_id and j.status = 'running';
end;
$$;
comment on function app.retry_ingest_step is 'Hides a step''s message for a while and counts the attempt.';
