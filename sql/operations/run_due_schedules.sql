-- Runs what is due, longest overdue first, up to so many; returns how many ran. The worker calls it with most => 1
-- until it returns 0, so that each run is a transaction of its own.
create or replace function app.run_due_schedules(at timestamptz default now(), most int default 50)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text;
  v_ran int := 0;
begin
  while v_ran < most loop
    select s.name into v_name
    from app.schedules as s
    where s.active and not s.only_cron and s.next_run_at <= run_due_schedules.at
    order by s.next_run_at, s.name
    limit 1
    for update skip locked;
    exit when not found;
    perform app.run_schedule(v_name, run_due_schedules.at);
    v_ran := v_ran + 1;
  end loop;
  return v_ran;
end;
$$;
comment on function app.run_due_schedules is
  'Runs schedules that are due and that nobody else runs, longest overdue first; returns how many.';
