-- Puts the next step of a job into the queue, in the caller's transaction.
create or replace function app.send_ingest_step(job_id uuid, step text, delay_seconds int default 0)
returns bigint
language sql
volatile
set search_path = ''
as $$
  select s from pgmq.send(
    'ingest',
    jsonb_build_object('job_id', send_ingest_step.job_id, 'step', send_ingest_step.step),
    send_ingest_step.delay_seconds
  ) as s;
$$;
comment on function app.send_ingest_step is 'Queues a step of a job; returns the message''s id.';
