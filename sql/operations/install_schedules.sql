-- Makes pg_cron's jobs those of app.schedules: one job odyssey_<name> for each active schedule, none for the others.
-- Changes only what differs, and nothing without pg_cron; returns how many jobs it changed. Jobs of others are left
-- alone.
create or replace function app.install_schedules()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job record;
  v_changed int := 0;
begin
  if to_regprocedure('cron.schedule(text,text,text)') is null then
    return 0;
  end if;
  for v_job in
    select j.jobname::text as name
    from cron.job as j
    where j.jobname like 'odyssey\_%'
      and not exists (select from app.schedules as s where s.active and 'odyssey_' || s.name = j.jobname)
  loop
    perform cron.unschedule(v_job.name);
    v_changed := v_changed + 1;
  end loop;
  for v_job in
    select 'odyssey_' || s.name as name, s.cron, format('select app.run_schedule(%L)', s.name) as command
    from app.schedules as s
    where s.active
  loop
    continue when exists (
      select from cron.job as j
      where j.jobname = v_job.name and j.schedule = v_job.cron and j.command = v_job.command
    );
    perform cron.schedule(v_job.name, v_job.cron, v_job.command);
    v_changed := v_changed + 1;
  end loop;
  return v_changed;
end;
$$;
comment on function app.install_schedules is
  'Brings pg_cron''s jobs in line with app.schedules; returns how many it changed, 0 without pg_cron.';
