-- How many jobs there are by kind and state: open ones now, ended ones of the last day.
create or replace function app.job_counts()
returns table (kind text, status text, count bigint)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select k.kind, k.status, count(*)
  from (
    select j.mode as kind, j.status from public.ingestion_jobs as j where j.finished_at is null
    union all
    select j.mode, j.status from public.ingestion_jobs as j where j.finished_at > now() - interval '1 day'
    union all
    select 'generation', r.status
    from public.generation_runs as r
    where r.finished_at is null or r.finished_at > now() - interval '1 day'
  ) as k
  group by k.kind, k.status
  order by k.kind, k.status;
end;
$$;
comment on function app.job_counts is
  'Jobs by kind (products, customers, api_sync, generation) and state; ended ones of the last 24 hours.';
