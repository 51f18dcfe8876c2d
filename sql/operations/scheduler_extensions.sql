-- pg_cron runs the schedules and pg_net wakes the worker, on hosts that have them (a hosted project does; the embedded
-- server does not, nor does a database other than the one pg_cron is set up for). Without them the worker does it.
do $$
declare
  v_name text;
begin
  foreach v_name in array array['pg_cron', 'pg_net'] loop
    continue when not exists (select from pg_catalog.pg_available_extensions as e where e.name = v_name);
    begin
      execute format('create extension if not exists %I', v_name);
    exception when others then
      raise notice '% is there but cannot be used: %', v_name, sqlerrm;
    end;
  end loop;
end;
$$;
