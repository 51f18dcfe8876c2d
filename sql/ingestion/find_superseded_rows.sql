-- Makes the table of a job's rows whose key comes again further down: the last one wins, over the whole file. A row
-- that cannot be applied (no name, a damaged key) replaces none. Hashes of the keys say where to look.
create or replace function app.find_superseded_rows(job public.ingestion_jobs)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_table constant text := app.ingest_table((job).id);
  v_superseded constant text := app.superseded_table((job).id);
  v_key constant text := app.product_text_expression((job).mapping, 'external_id');
  v_digest constant text := format('hashtextextended(%s, 0)', v_key);
  v_repeated constant bigint[] := app.repeated_digests(v_table, v_digest);
begin
  execute format('drop table if exists %s', v_superseded);
  execute format(
    'create unlogged table %s (row_no bigint primary key, key text not null, last_row bigint not null)', v_superseded
  );
  execute format('alter table %s enable row level security', v_superseded);
  execute format('alter table %s force row level security', v_superseded);
  if v_repeated is not null then
    execute format(
      'with named as materialized (select r.row_no, %1$s as key from %2$s as r where %6$s = any ($1) and %3$s), '
      'repeated as (select n.key, max(n.row_no) as last_row from named as n '
      'where strpos(n.key, ''+'') = 0 or n.key !~ %5$L '
      'group by n.key having count(*) > 1) '
      'insert into %4$s (row_no, key, last_row) '
      'select n.row_no, n.key, p.last_row from named as n join repeated as p using (key) where n.row_no < p.last_row',
      v_key,
      v_table,
      coalesce(app.mapped_text((job).mapping, 'name') || ' is not null', 'true'),
      v_superseded,
      app.damaged_key_pattern(),
      v_digest
    ) using v_repeated;
  end if;
  execute format('analyze %s (row_no)', v_superseded);
end;
$$;
comment on function app.find_superseded_rows is 'Makes the table of a job''s rows that later ones replace.';
