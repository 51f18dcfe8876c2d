-- Rows equal to those of an earlier file are not mapped again, unless what they mean may have changed.
begin;
select plan(12);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');

create function pg_temp.ingest(variadic lines text[]) returns jsonb language plpgsql as $$
declare
  v_job public.ingestion_jobs;
  v_mapping jsonb := app.compile_ingest_mapping(
    tests.vendor_id('acme'), 'products', '{sku,name,ean,allergens,category}'
  );
  v_counts jsonb;
begin
  insert into public.ingestion_jobs (vendor_id, mode, super_id, status, step, mapping, checkpoint)
  values (tests.vendor_id('acme'), 'products', gen_random_uuid(), 'running', 'plan', v_mapping,
    jsonb_build_object('rows', cardinality(lines)))
  returning * into v_job;
  perform app.create_staging(v_job.id, '{1,2,3,4,5}');
  execute format(
    'insert into %s (c1, c2, c3, c4, c5) select w[1], w[2], nullif(w[3], ''''), nullif(w[4], ''''), nullif(w[5], '''') '
    'from unnest($1) as l, string_to_array(l, ''|'') as w', app.ingest_table(v_job.id)
  ) using lines;
  perform app.plan_merge(v_job.id, 0);
  perform set_config('tests.planned', (select count(*) from public.tax_categories as c where c.vendor_id = v_job.vendor_id)::text, true);
  v_counts := app.merge_job_batch(v_job, 1, cardinality(lines));
  perform app.drop_staging(v_job.id);
  return v_counts || jsonb_build_object('errors', (
    select count(*) from public.ingestion_job_errors as e where e.job_id = v_job.id
  ));
end;
$$;
create function pg_temp.counts(answer jsonb) returns text language sql as $$
  select concat_ws(' ', answer ->> 'inserted', answer ->> 'updated', answer ->> 'unchanged', answer ->> 'failed', answer ->> 'errors')
$$;

select is(pg_temp.counts(pg_temp.ingest('a|A||milk|New shelf', 'b|B|12345678||')), '2 0 0 0 1', 'new rows are inserted');
select is(
  (select array_agg(p.external_id) from public.products as p
   where p.vendor_id = tests.vendor_id('acme') and p.source_hash is not null), '{a}', 'a row with a fault has no hash'
);
select is(pg_temp.counts(pg_temp.ingest('a|A||milk|New shelf', 'b|B|12345678||')), '0 0 2 0 1',
  'equal rows are unchanged, a category of the file''s own making notwithstanding, and faults are told again');
select is(pg_temp.counts(pg_temp.ingest('a|A2||milk|New shelf')), '0 1 0 0 0', 'a changed cell is an update');
select tests.act_as('olga');
select is(public.upsert_products('[{"external_id": "a", "brand": "By hand"}]') ->> 'updated', '1', 'a call changes the product');
select tests.reset_role();
select is(
  (select p.source_hash from public.products as p where p.vendor_id = tests.vendor_id('acme') and p.external_id = 'a'),
  null, 'and the row of the file is no longer what it was made from'
);
select is(pg_temp.counts(pg_temp.ingest('a|A3||leche de vaca|')), '0 1 0 0 0', 'an unknown word is kept as such');
insert into public.synonyms_value (vendor_id, domain, canonical, synonyms)
values (tests.vendor_id('acme'), 'allergen', 'milk', '{leche de vaca}');
select is(pg_temp.counts(pg_temp.ingest('a|A3||leche de vaca|')), '0 1 0 0 0', 'a new synonym gives equal rows a new meaning');
select is(
  (select p.allergens from public.products as p where p.vendor_id = tests.vendor_id('acme') and p.external_id = 'a'),
  '{milk}', 'and the product follows'
);
select lives_ok(
  $$ select app.changed_products_source(jsonb_populate_record(null::public.ingestion_jobs, jsonb_build_object(
      'id', gen_random_uuid(), 'vendor_id', tests.vendor_id('acme'),
      'mapping', app.compile_ingest_mapping(tests.vendor_id('acme'), 'products',
        array['sku', 'name'] || array(select 'protein ' || n from generate_series(1, 300) as n))))) $$,
  'files of hundreds of columns have a hash too'
);
select pg_temp.ingest('n1|N|||First aisle', 'n2|N|||Second aisle');
select is(
  current_setting('tests.planned')::int, (select count(*)::int from public.tax_categories as c where c.vendor_id = tests.vendor_id('acme')),
  'the plan makes a file''s new terms, so that batches side by side do not wait for each other''s'
);
select is(pg_temp.counts(pg_temp.ingest('n1|N|||First aisle', 'n2|N|||Second aisle')), '0 0 2 0 0', 'and they make no row of the file unknown');
select * from finish();
rollback;
