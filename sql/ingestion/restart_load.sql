-- Sends a job back to the start of its file after its staging was lost. What was merged stays merged and counted.
create or replace function app.restart_load(job_id uuid, from_step text, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(restart_load.job_id, restart_load.from_step);
begin
  perform app.create_staging(v_job.id, array(select jsonb_array_elements_text(v_job.checkpoint -> 'positions')::int));
  update public.ingestion_jobs as j
  set checkpoint = j.checkpoint || jsonb_build_object(
        'offset', (j.checkpoint ->> 'first_offset')::bigint, 'rows', 0, 'faulty', 0
      ),
      attempt = j.attempt + 1
  where j.id = v_job.id;
  perform app.advance_job(v_job.id, 'load', restart_load.message_id);
end;
$$;
comment on function app.restart_load is 'Empties a job''s staging and queues its load from the first byte.';
