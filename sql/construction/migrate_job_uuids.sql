-- The door to app.migrate_job_uuids, with what is left to do. Call it until `remaining` is 0.
create or replace function public.migrate_job_uuids(batch_size int default 10000)
returns table (migrated int, remaining bigint, orphaned bigint)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_migrated int := app.migrate_job_uuids(migrate_job_uuids.batch_size);
begin
  return query
  select v_migrated, s.migratable_jobs, s.orphaned_jobs from public.get_uuid_migration_stats() as s;
end;
$$;
comment on function public.migrate_job_uuids is
  'Gives one batch of slug-only jobs their uuid; tells how many remain and how many slugs no service has.';
grant execute on function public.migrate_job_uuids to authenticated, service_role;
