-- Loaded rows become products: mapping, units, per-serving nutrients, superseded rows, counts that add up.
begin;
select plan(21);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select set_config('tests.job', (public.create_ingestion_job('products') ->> 'id'), true);
select tests.reset_role();

create function pg_temp.job() returns uuid language sql as $$ select current_setting('tests.job')::uuid $$;
create function pg_temp.message() returns bigint language sql as $$
  select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = pg_temp.job()::text order by q.msg_id limit 1
$$;
create function pg_temp.product(external_id text) returns jsonb language sql as $$
  select to_jsonb(p) from public.products as p where p.vendor_id = tests.vendor_id('acme') and p.external_id = product.external_id
$$;

select app.start_uploaded_job(tests.vendor_id('acme') || '/' || pg_temp.job() || '/upload', 100);
select app.finish_detect(
  pg_temp.job(), pg_temp.message(), '{"encoding": "utf-8"}',
  app.compile_ingest_mapping(tests.vendor_id('acme'), 'products',
    array['sku', 'name', 'serving_size', 'serving_size_unit', 'energy_100g', 'sodium_100g', 'allergens', 'price']),
  array[1, 2, 3, 4, 5, 6, 7, 8], 10, 100, null
);
select is((select step from public.ingestion_jobs where id = pg_temp.job()), 'load', 'detect is followed by the load');
select throws_ok(
  format('select app.save_load_progress(%L, 11, 100, 6, 0)', pg_temp.job()), 'OD010', null, 'a piece that does not begin at the checkpoint is refused'
);
do $$ begin
  execute format($sql$insert into %s (c1, c2, c3, c4, c5, c6, c7, c8) values
    ('a', 'Old oats', '40', 'g', '1000', '0.2', null, '1'),
    ('b', 'Milk', '1 cup (240 ml)', null, '268', '0.04', 'en:milk', '2.50'),
    ('c', null, null, null, null, null, null, null),
    ('a', 'Oats', '40', 'g', '1000 kJ', '0,2', 'none', '1.50'),
    ('d', 'Salt', null, null, '-5', '38.8', null, null),
    ('a', null, '1', 'g', '1', '1', null, null)$sql$, app.ingest_table(pg_temp.job()));
end $$;
select app.save_load_progress(pg_temp.job(), 10, 100, 6, 0);
select throws_ok(
  format('select app.save_load_progress(%L, 10, 100, 6, 0)', pg_temp.job()), 'OD010', null, 'nor is one stored twice'
);
select app.finish_load(pg_temp.job(), pg_temp.message());
select is((select step from public.ingestion_jobs where id = pg_temp.job()), 'plan', 'a file read to its end is planned');
select app.plan_merge(pg_temp.job(), pg_temp.message());
select app.merge_next_batch(pg_temp.job(), pg_temp.message());
select is((select step from public.ingestion_jobs where id = pg_temp.job()), 'finalize', 'the last batch moves the job on');
select results_eq(
  format($$select (totals ->> 'rows_read')::int, (totals ->> 'rows_valid')::int, (totals ->> 'rows_failed')::int, (totals ->> 'inserted')::int
    from public.ingestion_jobs where id = %L$$, pg_temp.job()),
  $$values (6, 3, 3, 3)$$, 'every row is counted once, as valid or as failed'
);
select results_eq(
  format($$select row_no::int, field, code from public.ingestion_job_errors where job_id = %L order by row_no, code$$, pg_temp.job()),
  $$values (1, 'external_id', 'superseded'), (3, 'name', 'required'), (5, 'nutrition.calories', 'invalid_nutrition'), (6, 'name', 'required')$$,
  'each failed row says why'
);
select is((select raw from public.ingestion_job_errors where job_id = pg_temp.job() and row_no = 1) ->> 'name', 'Old oats', 'with the row as it came');
select is(pg_temp.product('a') ->> 'name', 'Oats', 'the last row that can be applied wins');
select is((pg_temp.product('a') #>> '{nutrition,sodium_mg}')::numeric, 80::numeric, 'sodium in g per 100 g becomes mg per serving');
select is((pg_temp.product('a') #>> '{nutrition,calories}')::numeric, 95.604::numeric, 'kilojoules become kilocalories');
select is(pg_temp.product('a') ->> 'nutrition_basis', 'serving', 'and the basis is the serving');
select is(pg_temp.product('a') ->> 'serving_size', '40 g', 'a bare serving gets its unit');
select is((pg_temp.product('b') #>> '{nutrition,sodium_mg}')::numeric, 96::numeric, 'a serving in words is understood');
select is(pg_temp.product('b') -> 'allergens', '["milk"]', 'allergens get their codes');
select is(pg_temp.product('d') ->> 'nutrition_basis', '100g', 'without a serving the values stay per 100 g');
select is(pg_temp.product('d') -> 'nutrition', '{"sodium_mg": 38800}', 'and an impossible nutrient is left out');
select is((select price from public.products where vendor_id = tests.vendor_id('acme') and external_id = 'b'), 2.50, 'prices are decimals');
select app.complete_job(pg_temp.job(), pg_temp.message());
select is(
  (select count(*) from app.outbox as o where o.event_type = 'job.completed' and (o.data ->> 'job_id')::uuid = pg_temp.job())
  + (select count(*) from pg_class as c where c.relname like 'ingest\_' || replace(pg_temp.job()::text, '-', '') || '%')
  + (select count(*) from app.ingestion_batches as b where b.job_id = pg_temp.job()),
  1::bigint, 'completing tells the outbox and leaves nothing behind'
);
select is(
  (select (s ->> 'step') || ' of ' || (s #>> '{job,status}') from app.read_ingest_step(10) as s), 'settle of completed',
  'statistics and word counts of what changed come after the end'
);
do $$ begin perform pgmq.purge_queue('ingest'); end $$;
update public.ingestion_jobs
set status = 'running', step = 'finalize', finished_at = null, totals = totals || '{"inserted": 0, "updated": 0}'
where id = pg_temp.job();
select app.complete_job(pg_temp.job(), 0);
select is((select count(*) from pgmq.q_ingest), 0::bigint, 'a job that changed nothing has none to bring up to date');
select * from finish();
rollback;
