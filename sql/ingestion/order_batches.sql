-- Which batches of a job wait for those before them: where a barcode is wanted by several products of the file, the
-- first row gets it, however the lanes of the merge run. Looks at the digits alone, so that every notation of a barcode
-- is found; a batch that waits without need loses only time.
create or replace function app.order_batches(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_barcode constant text := app.product_text_expression((job).mapping, 'barcode');
begin
  if v_barcode is null then
    return;
  end if;
  execute format(
    'with wanted as not materialized ('
    'select r.row_no, %1$s as key, ltrim(translate(%2$s, e'' \u00a0-''''"='', ''''), ''0'') as digits from %3$s as r '
    'where not exists (select from %4$s as s where s.row_no = r.row_no)), '
    'shared as (select w.digits, min(w.row_no) as first_row from wanted as w '
    'where w.digits <> '''' group by w.digits having min(w.key) <> max(w.key)) '
    'update app.ingestion_batches as b set waits = true '
    'where b.job_id = $1 and exists (select from wanted as w join shared as s using (digits) '
    'where w.row_no between b.from_row and b.to_row and s.first_row < b.from_row)',
    app.product_text_expression((job).mapping, 'external_id'), v_barcode,
    app.ingest_table((job).id), app.superseded_table((job).id)
  ) using (job).id;
end;
$$;
comment on function app.order_batches is 'Marks the batches of a job that wait for those before them.';
