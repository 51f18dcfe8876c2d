-- The door to app.get_uuid_migration_stats.
create or replace function public.get_uuid_migration_stats()
returns table (
  total_jobs bigint,
  jobs_with_uuid bigint,
  jobs_without_uuid bigint,
  migratable_jobs bigint,
  orphaned_jobs bigint,
  backfilled_jobs bigint,
  completion_pct numeric,
  last_run_at timestamptz
)
language sql
stable
set search_path = ''
as $$
  select s.* from app.get_uuid_migration_stats() as s;
$$;
comment on function public.get_uuid_migration_stats is
  'Progress of the backfill of jobs.micro_uuid; 100 percent when nothing that can be filled is left.';
grant execute on function public.get_uuid_migration_stats to authenticated, service_role;
