-- How far the backfill is. `completion_pct` counts the jobs that can have a uuid: orphans, whose slug no service has,
-- are told apart. Definer, because it counts everybody's jobs; superadmins and the platform only.
create or replace function app.get_uuid_migration_stats(
  out total_jobs bigint,
  out jobs_with_uuid bigint,
  out jobs_without_uuid bigint,
  out migratable_jobs bigint,
  out orphaned_jobs bigint,
  out backfilled_jobs bigint,
  out completion_pct numeric,
  out last_run_at timestamptz
)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  select count(*), count(j.micro_uuid), count(j.micro_uuid_backfilled_at)
  into total_jobs, jobs_with_uuid, backfilled_jobs
  from public.jobs as j;
  select coalesce(sum(s.jobs), 0), coalesce(sum(s.jobs) filter (where m.id is not null), 0)
  into jobs_without_uuid, migratable_jobs
  from (select j.micro_id, count(*) as jobs from public.jobs as j where j.micro_uuid is null group by j.micro_id) as s
  left join public.micro_services as m on m.slug = s.micro_id;
  orphaned_jobs := jobs_without_uuid - migratable_jobs;
  completion_pct := coalesce(round(jobs_with_uuid * 100.0 / nullif(jobs_with_uuid + migratable_jobs, 0), 2), 100);
  select max(r.started_at) into last_run_at from app.uuid_migration_runs as r;
end;
$$;
comment on function app.get_uuid_migration_stats is 'How many jobs have their uuid, can have it, or are orphans.';
grant execute on function app.get_uuid_migration_stats to authenticated, service_role;
