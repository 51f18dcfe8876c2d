-- Of the products of one file that want the same barcode the first row's gets it: a batch with a later one waits for the
-- batches before it, others do not.
begin;
select plan(2);
select tests.create_vendor('acme');

create temporary table job as
with made as (
  insert into public.ingestion_jobs (vendor_id, mode, super_id, status, step, mapping, checkpoint)
  values (tests.vendor_id('acme'), 'products', gen_random_uuid(), 'running', 'plan',
    app.compile_ingest_mapping(tests.vendor_id('acme'), 'products', '{sku,ean,name}'), '{"rows": 75000}')
  returning *
)
select m.id from made as m;

-- Batches of 12,500, 25,000, 25,000 and 12,500 rows.
do $$
declare
  v_job_id constant uuid := (select j.id from job as j);
begin
  perform app.create_staging(v_job_id, '{1,2,3}');
  execute format(
    $sql$ insert into %s (c1, c2, c3) select
      case when n = 40000 then 'sku-38000' else 'sku-' || n end,
      case n when 5 then '4006381333931' when 9 then '4006381333931' when 20000 then '0 4006381333931'
        when 38000 then '96385074' when 40000 then '96385074' when 70000 then '5000159484695' end,
      'Product ' || n from generate_series(1, 75000) as n order by n $sql$,
    app.ingest_table(v_job_id)
  );
  perform app.plan_merge(v_job_id, 0);
end;
$$;
select results_eq(
  $$ select b.batch_no, b.waits from app.ingestion_batches as b join job as j on j.id = b.job_id order by 1 $$,
  $$ values (1, false), (2, true), (3, false), (4, false) $$,
  'the batch in which the barcode comes again waits, whatever its notation; those of one product, or in one batch, do not'
);

do $$ begin perform app.merge_next_batch(j.id, 0) from job as j, generate_series(1, 2); end; $$;
select is(
  (select array_agg(p.external_id order by p.external_id) from public.products as p
   where p.vendor_id = tests.vendor_id('acme') and p.barcode = '4006381333931'),
  '{sku-5}', 'the first row has the barcode'
);
select * from finish();
rollback;
