-- Whether a job is changing the vendor's products, or has just ended: what its end takes anew nobody else need take.
create or replace function app.has_job_at_work(vendor_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from public.ingestion_jobs as j
    where j.vendor_id = has_job_at_work.vendor_id
      and j.mode <> 'customers'
      and j.created_at > now() - interval '1 day'
      and (j.status = 'running' or j.finished_at > now() - interval '1 minute')
  );
end;
$$;
comment on function app.has_job_at_work is 'Whether a job changes the vendor''s products now, or did a minute ago.';
