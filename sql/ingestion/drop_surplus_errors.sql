-- Removes the errors a batch found beyond what a job may keep, the last ones of the batch first, and returns how many.
create or replace function app.drop_surplus_errors(job_id uuid, from_row bigint, to_row bigint)
returns bigint
language sql
volatile
set search_path = ''
as $$
  with own as (
    select e.id, row_number() over (order by e.row_no, e.id) as place
    from public.ingestion_job_errors as e
    where e.job_id = drop_surplus_errors.job_id
      and e.row_no between drop_surplus_errors.from_row and drop_surplus_errors.to_row
      and e.code <> all (app.load_fault_codes())
  ),
  kept as (
    select count(*) as count
    from public.ingestion_job_errors as e
    where e.job_id = drop_surplus_errors.job_id and e.id not in (select o.id from own as o)
  ),
  dropped as (
    delete from public.ingestion_job_errors as e
    using own as o, kept as k
    where e.id = o.id and o.place > app.most_job_errors() - k.count
    returning e.id
  )
  select count(*) from dropped;
$$;
comment on function app.drop_surplus_errors is 'Keeps the errors of a batch within app.most_job_errors().';
