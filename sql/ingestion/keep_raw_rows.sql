-- Gives the errors of a range of rows the cells they came from, by header, for the columns that are mapped: what a
-- person needs to correct the row. Only rows with errors are touched. Health data stays out: viewers read errors.
create or replace function app.keep_raw_rows(job public.ingestion_jobs, from_row bigint, to_row bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_members text;
begin
  select string_agg(
    format('array[%L, app.raw_cell(r.c%s)]', c ->> 'header', c ->> 'position'), ', ' order by (c ->> 'position')::int
  )
  into v_members
  from jsonb_array_elements((job).mapping -> 'columns') as c
  where c -> 'targets' <> '[]'
    and not exists (
      select from jsonb_array_elements(c -> 'targets') as t where t ->> 'field' = any (app.health_mapping_fields())
    );
  execute format(
    'update public.ingestion_job_errors as e set raw = jsonb_object(array[%s]) from %s as r '
    'where e.job_id = $1 and e.raw is null and e.row_no between $2 and $3 and r.row_no = e.row_no '
    'and r.row_no between $2 and $3',
    v_members, app.ingest_table((job).id)
  ) using (job).id, from_row, to_row;
end;
$$;
comment on function app.keep_raw_rows is 'Fills raw of the errors of a range of a job''s rows.';
