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
  v_rows bigint;
  v_known bigint;
  v_omitted bigint;
begin
  v_result := app.merge_mapped_rows(
    (job).mode, (job).vendor_id, (job).id, (job).mapping,
    case (job).mode
      when 'products' then app.changed_products_source(job)
      else format(
        '(select t.* from %s as t where not exists (select from %s as s where s.row_no = t.row_no))',
        app.ingest_table((job).id), app.superseded_table((job).id)
      )
    end,
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
  execute format('select count(*) from %s as t where t.row_no between $1 and $2', app.ingest_table((job).id))
  into v_rows using from_row, to_row;
  v_omitted := app.drop_surplus_errors((job).id, from_row, to_row);
  v_known := v_rows - v_superseded - (v_result ->> 'received')::bigint;
  perform app.keep_raw_rows(job, from_row, to_row);
  return jsonb_build_object(
    'valid', (v_result ->> 'received')::bigint - (v_result ->> 'failed')::bigint + v_known,
    'failed', (v_result ->> 'failed')::bigint + v_superseded,
    'inserted', v_result -> 'inserted',
    'updated', v_result -> 'updated',
    'unchanged', (v_result ->> 'unchanged')::bigint + v_known,
    'errors_omitted', v_omitted
  );
end;
$$;
comment on function app.merge_job_batch is 'Stages and merges a range of a job''s rows.';
