-- The COPY that writes a job's errors.csv. Cells that a spreadsheet would take for a formula get an apostrophe in
-- front.
create or replace function app.errors_csv_statement(job_id uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'copy (select e.row_no, e.field, e.code, app.neutralise_formula(e.message) as message, '
    'app.neutralise_formula(e.raw::text) as raw '
    'from public.ingestion_job_errors as e where e.job_id = %L order by e.row_no, e.id) '
    'to stdout with (format csv, header true)',
    errors_csv_statement.job_id
  );
$$;
comment on function app.errors_csv_statement is 'COPY ... TO STDOUT of a job''s row errors as CSV.';
