-- A run as the API shows it.
create or replace function app.generation_run_json(run public.generation_runs)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', run.id,
    'super_id', run.super_id,
    'status', run.status,
    'progress_pct', case
      when run.status = 'completed' or run.users_total = 0 then 100
      else round(100.0 * run.next_user / run.users_total, 2)
    end,
    'params', run.params,
    'totals', app.generation_totals(run),
    'failures', run.failures,
    'error', run.error,
    'created_at', run.created_at,
    'started_at', run.started_at,
    'finished_at', run.finished_at
  );
end;
$$;
comment on function app.generation_run_json is
  'A run: {id, super_id, status, progress_pct, params, totals, failures, error, created_at, started_at, finished_at}.';
