-- Removes row errors of jobs that ended before the retention, and the word that there is an error file. The jobs with
-- their totals stay. A schedule calls it.
create or replace function app.purge_ingestion_errors(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before constant timestamptz := purge_ingestion_errors.at - purge_ingestion_errors.keep;
  v_removed int;
  v_changed int;
begin
  delete from public.ingestion_job_errors as e
  where e.id = any (array(
    select o.id
    from public.ingestion_jobs as j
    -- Job by job through the index: most old jobs have none left, and the table of errors is large.
    cross join lateral (
      select e.id from public.ingestion_job_errors as e where e.job_id = j.id limit purge_ingestion_errors.max_rows
    ) as o
    where j.finished_at < v_before
    limit purge_ingestion_errors.max_rows
  ));
  get diagnostics v_removed = row_count;
  update public.ingestion_jobs as j
  set error_url = null
  where j.id = any (array(
    select o.id
    from public.ingestion_jobs as o
    where o.finished_at < v_before and o.error_url is not null
    limit purge_ingestion_errors.max_rows
    for no key update skip locked
  ));
  get diagnostics v_changed = row_count;
  return greatest(v_removed, v_changed);
end;
$$;
comment on function app.purge_ingestion_errors is
  'Removes up to max_rows row errors of jobs that ended so long ago; returns how many.';
