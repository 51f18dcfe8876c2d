-- The door to app.report_orphaned_jobs.
create or replace function public.report_orphaned_jobs(max_slugs int default 100)
returns table (micro_id text, jobs bigint, first_at timestamptz, last_at timestamptz, similar_slug text)
language sql
stable
set search_path = ''
as $$
  select r.* from app.report_orphaned_jobs(report_orphaned_jobs.max_slugs) as r;
$$;
comment on function public.report_orphaned_jobs is
  'Slugs of jobs that no service has, most first, with the most similar service. For superadmins and the service key.';
grant execute on function public.report_orphaned_jobs to authenticated, service_role;
