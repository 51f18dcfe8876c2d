-- The totals of a job that has not read anything yet; every key is always there.
create or replace function app.empty_ingestion_totals()
returns jsonb
language sql
immutable
parallel safe
set search_path = ''
as $$
  select jsonb_build_object(
    'bytes', 0, 'bytes_read', 0, 'rows_read', 0, 'rows_valid', 0, 'rows_failed', 0,
    'inserted', 0, 'updated', 0, 'unchanged', 0
  );
$$;
comment on function app.empty_ingestion_totals is 'All totals of an ingestion job, zero.';
