-- The door to app.rollback_job_uuids, with what is left to take back. Call it until `remaining` is 0.
create or replace function public.rollback_job_uuids(batch_size int default 10000)
returns table (rolled_back int, remaining bigint)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changed int := app.rollback_job_uuids(rollback_job_uuids.batch_size);
begin
  return query
  select v_changed, s.backfilled_jobs from public.get_uuid_migration_stats() as s;
end;
$$;
comment on function public.rollback_job_uuids is
  'Takes back one batch of what migrate_job_uuids filled in; tells how many remain.';
grant execute on function public.rollback_job_uuids to authenticated, service_role;
