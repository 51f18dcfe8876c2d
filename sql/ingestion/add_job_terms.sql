-- Makes the categories, cuisines and markets that only this file knows, all at once and before its batches: batches
-- that made them themselves would wait for each other from the first new label to their end.
create or replace function app.add_job_terms(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_label record;
begin
  perform app.open_merge();
  -- The vocabulary's number is that of before: what a file adds changes nothing for its rows.
  perform app.current_vocabulary((job).vendor_id);
  for v_label in
    select
      k.kind,
      app.product_text_expression((job).mapping, k.field) as expression,
      (
        select string_agg(distinct format('r.c%s', c.position), ', ')
        from app.mapping_candidates((job).mapping, k.field) as c
      ) as cells
    from (
      values ('categories', 'category'), ('categories', 'sub_category'), ('cuisines', 'cuisine'), ('markets', 'market')
    ) as k (kind, field)
  loop
    continue when v_label.expression is null;
    -- Labels are read from distinct cells, few of so many rows; "offset 0" keeps it so.
    execute format(
      'insert into pg_temp.merge_terms (kind, raw) select distinct $1, btrim(%1$s) '
      'from (select distinct %2$s from %3$s as r offset 0) as r where %1$s ~ ''[^[:space:]]''',
      v_label.expression, v_label.cells, app.ingest_table((job).id)
    ) using v_label.kind;
  end loop;
  perform app.resolve_staged_terms((job).vendor_id, 'file');
end;
$$;
comment on function app.add_job_terms is 'Makes the taxonomy terms of a job''s file before its rows are merged.';
