-- The COPY that writes a job's errors.csv. raw stands once for each row, at its first error: correcting it and sending
-- the file again brings the row in. Cells that a spreadsheet would take for a formula get an apostrophe in front. A
-- last line tells how many errors were not kept.
create or replace function app.errors_csv_statement(job_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'copy (select l.row_no, l.field, l.code, l.message, l.raw from ('
    'select e.row_no, e.id, e.field, e.code, app.neutralise_formula(e.message) as message, '
    'case when lag(e.row_no) over (order by e.row_no, e.id) is distinct from e.row_no '
    'then app.errors_csv_raw(%1$L, e.raw) end as raw '
    'from public.ingestion_job_errors as e where e.job_id = %1$L %2$s) as l order by l.row_no, l.id) '
    'to stdout with (format csv, header true)',
    errors_csv_statement.job_id,
    case when o.omitted > 0 then format(
      'union all select null, null, null, ''errors_omitted'', %L, null',
      format('%s more errors are not listed; correct these, then send the whole file again.', o.omitted)
    ) end
  )
  from (
    select
      greatest((j.checkpoint ->> 'faulty')::bigint - app.most_job_errors(), 0) + coalesce((
        select sum((b.counts ->> 'errors_omitted')::bigint) from app.ingestion_batches as b where b.job_id = j.id
      ), 0) as omitted
    from public.ingestion_jobs as j
    where j.id = errors_csv_statement.job_id
  ) as o;
$$;
comment on function app.errors_csv_statement is 'COPY ... TO STDOUT of a job''s row errors as CSV.';
