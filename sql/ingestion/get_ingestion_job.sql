-- One job of the caller's vendor; another vendor's does not exist. Cheap enough to be asked four times a second.
create or replace function public.get_ingestion_job(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_viewer');
  v_job public.ingestion_jobs;
begin
  select j.* into v_job
  from public.ingestion_jobs as j
  where j.id = get_ingestion_job.id and j.vendor_id = v_vendor_id;
  if v_job.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such job.');
  end if;
  return app.ingestion_job_json(v_job);
end;
$$;
comment on function public.get_ingestion_job is 'One ingestion job; problem 404 where the vendor has no such job.';
grant execute on function public.get_ingestion_job to authenticated;
