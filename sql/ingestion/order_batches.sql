-- Which batches of a job wait for those before them: where a barcode is wanted by several products of the file, the
-- first row gets it, however the lanes of the merge run. Hashes of the digits alone are compared, so that every
-- notation of a barcode is found at little cost; a batch that waits without need loses only time.
create or replace function app.order_batches(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table constant text := app.ingest_table((job).id);
  v_digest constant text := 'hashtextextended(ltrim(translate('
    || app.product_text_expression((job).mapping, 'barcode') || ', e'' \u00a0-''''"='', ''''), ''0''), 0)';
  v_repeated bigint[];
begin
  if v_digest is null then
    return;
  end if;
  v_repeated := app.repeated_digests(v_table, v_digest);
  if v_repeated is null then
    return;
  end if;
  execute format(
    'with wanted as materialized (select r.row_no, %1$s as digest from %2$s as r where %1$s = any ($2) '
    'and not exists (select from %3$s as s where s.row_no = r.row_no)), '
    'firsts as (select w.digest, min(w.row_no) as row_no from wanted as w group by w.digest) '
    'update app.ingestion_batches as b set waits = true '
    'where b.job_id = $1 and exists (select from wanted as w join firsts as f using (digest) '
    'where w.row_no between b.from_row and b.to_row and f.row_no < b.from_row)',
    v_digest, v_table, app.superseded_table((job).id)
  ) using (job).id, v_repeated;
end;
$$;
comment on function app.order_batches is 'Marks the batches of a job that wait for those before them.';
