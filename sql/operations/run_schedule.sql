-- Runs one schedule and notes how it went; what it did is undone if it fails, the note stays. Of two callers at the
-- same time one runs it, the other gets null at once. Called by pg_cron and by app.run_due_schedules.
create or replace function app.run_schedule(name text, at timestamptz default now())
returns bigint
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_started constant timestamptz := clock_timestamp();
  v_schedule app.schedules;
  v_count bigint;
  v_error text;
  v_duration_ms int;
begin
  select s.* into v_schedule
  from app.schedules as s
  where s.name = run_schedule.name and s.active
  for update skip locked;
  if not found then
    return null;
  end if;
  begin
    execute format('select (%s)::bigint', v_schedule.call) into v_count
    using v_schedule.batch, v_schedule.keep, run_schedule.at;
  -- A time-out of the statement is one failure like others: the next schedule must not wait for it for ever.
  exception when query_canceled or others then
    v_error := sqlstate || ' ' || sqlerrm;
  end;
  v_duration_ms := round(extract(epoch from clock_timestamp() - v_started) * 1000);

  update app.schedules as s
  set
    next_run_at = case
      when v_error is null and v_count >= v_schedule.batch then run_schedule.at
      else app.next_cron_time(v_schedule.cron, run_schedule.at)
    end,
    last_run_at = run_schedule.at,
    last_status = case when v_error is null then 'succeeded' else 'failed' end,
    last_duration_ms = v_duration_ms,
    last_count = v_count,
    last_error = v_error
  where s.name = v_schedule.name;
  if v_error is not null or v_count > 0 then
    insert into app.schedule_runs (schedule, started_at, duration_ms, status, count, error)
    values (
      v_schedule.name, run_schedule.at, v_duration_ms,
      case when v_error is null then 'succeeded' else 'failed' end, v_count, v_error
    );
  end if;
  return v_count;
end;
$$;
comment on function app.run_schedule is
  'Runs a schedule now, unless it is running or switched off; returns how much it did, null if it did not or failed.';
