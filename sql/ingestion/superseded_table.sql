-- The name of a job's own table of rows whose key comes again further down, quoted and qualified.
create or replace function app.superseded_table(job_id uuid)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select format('app.%I', 'ingest_' || replace(superseded_table.job_id::text, '-', '') || '_superseded');
$$;
comment on function app.superseded_table is 'Qualified name of the unlogged table of a job''s superseded rows.';
