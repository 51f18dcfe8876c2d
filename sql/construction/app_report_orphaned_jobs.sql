-- Jobs whose slug no service has, by slug, most first, with the service that is written most alike: the data to correct
-- when the fallback rate is high. Definer, because it reads everybody's jobs; superadmins and the platform only.
create or replace function app.report_orphaned_jobs(max_slugs int)
returns table (micro_id text, jobs bigint, first_at timestamptz, last_at timestamptz, similar_slug text)
language plpgsql
stable
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  return query
  with orphans as (
    select j.micro_id, count(*) as jobs, min(j.created_at) as first_at, max(j.created_at) as last_at
    from public.jobs as j
    where j.micro_uuid is null
      and not exists (select from public.micro_services as m where m.slug = j.micro_id)
    group by j.micro_id
    order by count(*) desc, j.micro_id
    limit least(greatest(report_orphaned_jobs.max_slugs, 1), 1000)
  )
  select o.micro_id, o.jobs, o.first_at, o.last_at, s.slug
  from orphans as o
  left join lateral (
    select m.slug
    from public.micro_services as m
    where extensions.similarity(m.slug, o.micro_id) >= 0.3
    order by extensions.similarity(m.slug, o.micro_id) desc, m.slug
    limit 1
  ) as s on true
  order by o.jobs desc, o.micro_id;
end;
$$;
comment on function app.report_orphaned_jobs is 'Slugs of jobs that no service has, with the most similar service.';
grant execute on function app.report_orphaned_jobs to authenticated, service_role;
