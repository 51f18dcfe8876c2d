-- Puts a fresh message of a run in the place of the one that was worked off, so that its reads are counted anew.
create or replace function app.requeue_generation_run(message_id bigint, run_id uuid, delay_seconds int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform pgmq.delete('generation', requeue_generation_run.message_id);
  perform pgmq.send(
    'generation', jsonb_build_object('run_id', requeue_generation_run.run_id), requeue_generation_run.delay_seconds
  );
end;
$$;
comment on function app.requeue_generation_run is 'Replaces the message of a run by a new one that is due later.';
