-- Brings a range of a job's rows into the catalogue and reports those that stay out. Returns valid, failed, inserted,
-- updated, unchanged.
create or replace function app.merge_job_batch(job public.ingestion_jobs, from_row bigint, to_row bigint)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result jsonb;
  v_superseded bigint;
begin
  v_result := app.merge_mapped_rows(
    (job).mode, (job).vendor_id, (job).id, (job).mapping,
    format(
      '(select t.* from %s as t where not exists (select from %s as s where s.row_no = t.row_no))',
      app.ingest_table((job).id), app.superseded_table((job).id)
    ),
    from_row, to_row
  );
  execute format(
    'insert into public.ingestion_job_errors (job_id, row_no, field, code, message) '
    'select $1, s.row_no, ''external_id'', ''superseded'', '
    'format(''Row %%s of this file has the same external_id and was applied instead.'', s.last_row) '
    'from %s as s where s.row_no between $2 and $3',
    app.superseded_table((job).id)
  ) using (job).id, from_row, to_row;
  get diagnostics v_superseded = row_count;
  perform app.keep_raw_rows(job, from_row, to_row);
  return jsonb_build_object(
    'valid', (v_result ->> 'received')::bigint - (v_result ->> 'failed')::bigint,
    'failed', (v_result ->> 'failed')::bigint + v_superseded,
    'inserted', v_result -> 'inserted',
    'updated', v_result -> 'updated',
    'unchanged', v_result -> 'unchanged'
  );
end;
$$;
comment on function app.merge_job_batch is 'Stages and merges a range of a job''s rows.';
