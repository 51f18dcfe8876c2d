-- Brings the errors of a job that was merged within app.most_job_errors(): two batches at once do not see each other's.
-- What goes is counted with the last batch, in the same transaction, so that a repeated step counts nothing twice.
create or replace function app.bound_job_errors(job_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  with dropped as materialized (
    select app.drop_surplus_errors(bound_job_errors.job_id, 0, 9223372036854775807) as count
  )
  update app.ingestion_batches as b
  set counts = b.counts || jsonb_build_object(
    'errors_omitted', coalesce((b.counts ->> 'errors_omitted')::bigint, 0) + d.count
  )
  from dropped as d
  where b.job_id = bound_job_errors.job_id
    and b.batch_no = (
      select max(other.batch_no) from app.ingestion_batches as other
      where other.job_id = bound_job_errors.job_id and other.merged_at is not null
    )
    and d.count > 0;
$$;
comment on function app.bound_job_errors is 'Drops and counts the errors of a merged job beyond those that are kept.';
