-- Ends a run that cannot go on; what it made stays until it is deleted.
create or replace function app.fail_generation_run(run_id uuid, error jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  update public.generation_runs as r
  set status = 'failed', finished_at = now(), error = fail_generation_run.error
  where r.id = fail_generation_run.run_id and r.status in ('queued', 'running');
$$;
comment on function app.fail_generation_run is 'Fails a run that has not ended, with {code, detail}.';
