-- Removes old runs of schedules, and pg_cron's own record of its jobs where there is one: it keeps every run for ever.
create or replace function app.purge_schedule_runs(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
  v_removed_by_cron int := 0;
begin
  delete from app.schedule_runs as r
  where r.id in (
    select o.id from app.schedule_runs as o
    where o.started_at < purge_schedule_runs.at - purge_schedule_runs.keep
    order by o.started_at
    limit purge_schedule_runs.max_rows
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  if to_regclass('cron.job_run_details') is not null then
    delete from cron.job_run_details as d
    where d.runid in (
      select o.runid from cron.job_run_details as o
      where o.end_time < purge_schedule_runs.at - purge_schedule_runs.keep
      limit purge_schedule_runs.max_rows
    );
    get diagnostics v_removed_by_cron = row_count;
  end if;
  return greatest(v_removed, v_removed_by_cron);
end;
$$;
comment on function app.purge_schedule_runs is
  'Removes up to max_rows runs older than so long, of ours and of pg_cron; the larger count.';
