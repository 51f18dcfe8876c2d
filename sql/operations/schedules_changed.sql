-- A changed schedule holds for pg_cron at once, and for the worker from the next time its new cron expression names.
create or replace function app.schedules_changed()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.install_schedules();
  return null;
end;
$$;
comment on function app.schedules_changed is 'Trigger: brings pg_cron''s jobs in line with the schedules.';

create or replace trigger schedules_changed_trigger
after insert or delete or update of name, cron, active on app.schedules
for each statement execute function app.schedules_changed();
