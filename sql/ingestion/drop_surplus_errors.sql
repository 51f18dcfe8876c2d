-- Removes the errors a batch found beyond what a job may keep, the last ones of the batch first, and returns how many.
-- Errors of the load lie in the same range of rows and stay: they were bounded when they were found.
create or replace function app.drop_surplus_errors(job_id uuid, from_row bigint, to_row bigint)
returns bigint
language sql
volatile
set search_path = ''
as $$
  with surplus as (
    select greatest(count(*) - app.most_job_errors(), 0) as count
    from public.ingestion_job_errors as e
    where e.job_id = drop_surplus_errors.job_id
  ),
  dropped as (
    delete from public.ingestion_job_errors as e
    where e.id in (
      select own.id
      from public.ingestion_job_errors as own
      where own.job_id = drop_surplus_errors.job_id
        and own.row_no between drop_surplus_errors.from_row and drop_surplus_errors.to_row
        and own.code <> all (app.load_fault_codes())
      order by own.row_no desc, own.id desc
      limit (select s.count from surplus as s)
    )
    returning e.id
  )
  select count(*) from dropped;
$$;
comment on function app.drop_surplus_errors is 'Keeps the errors of a batch within app.most_job_errors().';
