-- Brings the records of a page into the catalogue by the way of files: the same mapping, synonyms, operations and
-- merge. `page` holds "headers" (all that the sync has met so far) and "rows" ([{"row_no", "cells"}]). Answers the job
-- with its mapping and the counts of the page.
create or replace function app.merge_sync_page(job public.ingestion_jobs, page jsonb, mapping jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  least_rows constant int := 5;
  v_rows constant jsonb := page -> 'rows';
  v_count constant int := jsonb_array_length(page -> 'rows');
  v_from constant bigint := (page #>> '{rows,0,row_no}')::bigint;
  v_to constant bigint := v_from + v_count - 1;
  v_answer jsonb;
begin
  v_answer := app.merge_mapped_rows(
    'products', (job).vendor_id, (job).id, mapping, app.preview_source(mapping), v_from, v_to, v_rows
  );
  if v_count >= least_rows and v_count = (
    select count(*) from public.ingestion_job_errors as e
    where e.job_id = (job).id and e.row_no between v_from and v_to and e.field = 'external_id' and e.code = 'required'
  ) then
    perform app.raise_sync_fault(
      'schema_drift',
      format('None of the %s records of a page has a value that identifies it (%s).', v_count, (
        select string_agg(c ->> 'header', ', ') from jsonb_array_elements(mapping -> 'fields' -> 'external_id') as c
      )),
      'The source seems to have changed its fields. Run the connector''s test, then correct its `mapping`.'
    );
  end if;
  update public.ingestion_job_errors as e
  set raw = (
    select jsonb_object_agg(c ->> 'header', r.value -> 'cells' -> ((c ->> 'position')::int - 1))
    from jsonb_array_elements(mapping -> 'columns') as c
    where c -> 'targets' <> '[]'
  )
  from jsonb_array_elements(v_rows) as r
  where e.job_id = (job).id and e.raw is null and e.row_no between v_from and v_to
    and e.row_no = (r.value ->> 'row_no')::bigint;
  return jsonb_build_object(
    'from_row', v_from,
    'to_row', v_to,
    'valid', (v_answer ->> 'received')::bigint - (v_answer ->> 'failed')::bigint,
    'failed', v_answer -> 'failed',
    'inserted', v_answer -> 'inserted',
    'updated', v_answer -> 'updated',
    'unchanged', v_answer -> 'unchanged'
  );
end;
$$;
comment on function app.merge_sync_page is
  'Merges the records of a page into the catalogue and reports those that stay out.';
