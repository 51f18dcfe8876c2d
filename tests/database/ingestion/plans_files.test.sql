-- What concerns a file as a whole is found before its first batch: terms that only it knows, and rows that later ones
-- replace, wherever in the file these stand.
begin;
select plan(3);
select tests.create_vendor('acme');

create temporary table job as
with made as (
  insert into public.ingestion_jobs (vendor_id, mode, super_id, status, step, mapping, checkpoint)
  values (tests.vendor_id('acme'), 'products', gen_random_uuid(), 'running', 'plan',
    app.compile_ingest_mapping(tests.vendor_id('acme'), 'products', '{sku,name,category,cuisine}'), '{"rows": 60000}')
  returning *
)
select m.id from made as m;

do $$
declare
  v_job_id constant uuid := (select j.id from job as j);
begin
  perform app.create_staging(v_job_id, '{1,2,3,4}');
  execute format(
    $sql$ insert into %s (c1, c2, c3, c4) select
      case n when 59000 then ' sku-7 ' when 30000 then 'sku-8' when 100 then '3.25E+12' when 200 then '3.25E+12'
        when 59999 then 'sku-9' else 'sku-' || n end,
      case when n <> 59999 then 'Product ' || n end,
      case n %% 4 when 0 then 'Herbal &amp; Fruit Teas' when 1 then '  Herbal & Fruit Teas ' when 2 then 'Teas > Green Teas' end,
      case n when 42 then 'Nowhere''s Own' else '  ' end
      from generate_series(1, 60000) as n order by n $sql$,
    app.ingest_table(v_job_id)
  );
  perform app.plan_merge(v_job_id, 0);
end;
$$;

select set_eq(
  $$ select t.label from public.tax_categories as t where t.vendor_id = tests.vendor_id('acme') $$,
  array['Herbal & Fruit Teas', 'Green Teas'], 'each label of a file is a term, as its cells are read'
);
select set_eq(
  $$ select t.label from public.tax_cuisines as t where t.vendor_id = tests.vendor_id('acme') $$,
  array['Nowhere''s Own'], 'one that a single row has as well; blanks are none'
);
create temporary table superseded (row_no bigint, key text, last_row bigint);
do $$ begin execute format('insert into superseded select * from %s', app.superseded_table((select j.id from job as j))); end; $$;
select results_eq(
  $$ select s.row_no, s.key, s.last_row from superseded as s order by 1 $$,
  $$ values (7::bigint, 'sku-7', 59000::bigint), (8, 'sku-8', 30000) $$,
  'a later row of the key replaces a row; one without a name does not, and a damaged key is none'
);
select * from finish();
rollback;
