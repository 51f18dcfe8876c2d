-- Ends the runs whose users are about to be removed: else they would go on and make new ones. Definer, because nobody
-- may write runs; superadmins and the service key only.
create or replace function app.stop_generation_runs(run_id uuid)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_stopped int;
begin
  perform app.require_platform();
  update public.generation_runs as r
  set status = 'failed', finished_at = now(),
      error = '{"code": "deleted", "detail": "The generated data was deleted while the run was under way."}'
  where r.status in ('queued', 'running')
    and (stop_generation_runs.run_id is null or r.id = stop_generation_runs.run_id);
  get diagnostics v_stopped = row_count;
  return v_stopped;
end;
$$;
comment on function app.stop_generation_runs is
  'Ends one run, or all that are under way, before their users are removed; tells how many. Problem 403 for others.';
grant execute on function app.stop_generation_runs to authenticated, service_role;
