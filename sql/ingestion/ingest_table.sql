-- The name of a job's own table of loaded rows, quoted and qualified.
create or replace function app.ingest_table(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(ingest_table.job_id::text, '-', ''));
$$;
comment on function app.ingest_table is 'Qualified name of the unlogged table that holds a job''s rows as text.';
