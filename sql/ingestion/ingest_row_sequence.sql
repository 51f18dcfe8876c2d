-- The name of the sequence that numbers a job's rows, quoted and qualified.
create or replace function app.ingest_row_sequence(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(ingest_row_sequence.job_id::text, '-', '') || '_row_no');
$$;
comment on function app.ingest_row_sequence is 'Qualified name of the sequence behind row_no of a job''s table.';
