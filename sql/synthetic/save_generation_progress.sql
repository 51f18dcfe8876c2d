-- Closes a chunk of users: the checkpoint moves, therapists of the run get their patients (in turn, both by their
-- number), and the last chunk completes the run. In the caller's transaction, with the check-ins of the chunk.
create or replace function app.save_generation_progress(
  run_id uuid,
  next_user int,
  check_ins bigint,
  tries jsonb,
  failures jsonb
)
returns public.generation_runs
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_run public.generation_runs;
begin
  update public.generation_runs as r
  set status = case when save_generation_progress.next_user = r.users_total then 'completed' else 'running' end,
      finished_at = case when save_generation_progress.next_user = r.users_total then now() end,
      started_at = coalesce(r.started_at, now()),
      next_user = save_generation_progress.next_user,
      check_ins_created = r.check_ins_created + save_generation_progress.check_ins,
      users_failed = r.users_failed + jsonb_array_length(save_generation_progress.failures),
      retries = r.retries + (tries ->> 'retries')::int,
      duplicates = r.duplicates + (tries ->> 'duplicates')::int,
      compensations = r.compensations + (tries ->> 'compensations')::int,
      failures = case
        when jsonb_array_length(r.failures) < 100 then r.failures || save_generation_progress.failures
        else r.failures
      end
  where r.id = save_generation_progress.run_id and r.status in ('queued', 'running')
  returning r.* into v_run;
  if v_run.status = 'completed' then
    perform app.assign_therapists(v_run.id);
  end if;
  return v_run;
end;
$$;
comment on function app.save_generation_progress is
  'Moves the checkpoint of a run; `tries` is {retries, duplicates, compensations}. A null row: it has ended meanwhile.';
