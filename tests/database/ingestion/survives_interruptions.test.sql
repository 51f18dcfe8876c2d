-- What a crash, a cancellation or a broken message leaves: never half a job.
begin;
select plan(14);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select set_config('tests.job', (public.create_ingestion_job('products') ->> 'id'), true);
select tests.reset_role();
create function pg_temp.job() returns uuid language sql as $$ select current_setting('tests.job')::uuid $$;
create function pg_temp.message() returns bigint language sql as $$
  select q.msg_id from pgmq.q_ingest as q where q.message ->> 'job_id' = pg_temp.job()::text order by q.msg_id limit 1
$$;
select app.start_uploaded_job(tests.vendor_id('acme') || '/' || pg_temp.job() || '/upload', 100);
select app.finish_detect(
  pg_temp.job(), pg_temp.message(), '{}', app.compile_ingest_mapping(tests.vendor_id('acme'), 'products', '{sku,name}'), '{1,2}', 10, 100, null
);
do $$ begin execute format($sql$insert into %s (c1, c2) values ('a', 'A'), ('b', 'B')$sql$, app.ingest_table(pg_temp.job())); end $$;
select app.save_load_progress(pg_temp.job(), 10, 100, 3, 1);
insert into public.ingestion_job_errors (job_id, row_no, code, message) values (pg_temp.job(), 3, 'ragged_row', 'x');
select app.finish_load(pg_temp.job(), pg_temp.message());

-- A Postgres crash empties the unlogged tables, the marker among them.
delete from app.ingestion_staging_markers;
select app.plan_merge(pg_temp.job(), pg_temp.message());
select results_eq(
  format($$select step, (checkpoint ->> 'offset')::int, (checkpoint ->> 'rows')::int, attempt from public.ingestion_jobs where id = %L$$, pg_temp.job()),
  $$values ('load', 10, 0, 1)$$, 'lost staging sends the job back to the start of its file'
);
select is((select count(*) from public.ingestion_job_errors where job_id = pg_temp.job()), 0::bigint, 'with the errors of the load undone');
select is(app.is_staging_intact(pg_temp.job()), true, 'and new staging');
do $$ begin execute format($sql$insert into %s (c1, c2) values ('a', 'A'), ('b', 'B')$sql$, app.ingest_table(pg_temp.job())); end $$;
select app.save_load_progress(pg_temp.job(), 10, 100, 2, 0);
select app.finish_load(pg_temp.job(), pg_temp.message());
select app.plan_merge(pg_temp.job(), pg_temp.message());
select app.merge_next_batch(pg_temp.job(), pg_temp.message());
select results_eq(
  format($$select (totals ->> 'inserted')::int, (totals ->> 'rows_read')::int from public.ingestion_jobs where id = %L$$, pg_temp.job()),
  $$values (2, 2)$$, 'the second time through it counts what it read then'
);
delete from app.ingestion_staging_markers;
update public.ingestion_jobs set step = 'merge' where id = pg_temp.job();
select app.restart_load(pg_temp.job(), 'merge', pg_temp.message());
do $$ begin execute format($sql$insert into %s (c1, c2) values ('a', 'A'), ('b', 'B')$sql$, app.ingest_table(pg_temp.job())); end $$;
select app.save_load_progress(pg_temp.job(), 10, 100, 2, 0);
select app.finish_load(pg_temp.job(), pg_temp.message());
select app.plan_merge(pg_temp.job(), pg_temp.message());
select is(app.merge_next_batch(pg_temp.job(), pg_temp.message()), null, 'a batch that reached the catalogue is not merged again');
select is(
  (select (totals ->> 'inserted')::int from public.ingestion_jobs where id = pg_temp.job()), 2, 'nor counted again'
);

select tests.act_as('olga');
select is(public.cancel_ingestion_job(current_setting('tests.job')::uuid) ->> 'status', 'canceled', 'a job can be canceled at any step');
select is(public.cancel_ingestion_job(current_setting('tests.job')::uuid) ->> 'status', 'canceled', 'again without harm');
select tests.reset_role();
select throws_ok(format('select app.complete_job(%L, 1)', pg_temp.job()), 'OD010', null, 'a canceled job cannot complete');
select app.clean_up_job(pg_temp.job(), pg_temp.message());
select is((select count(*) from pg_class where relname like 'ingest\_' || replace(pg_temp.job()::text, '-', '') || '%'), 0::bigint, 'its staging goes');

select is((select count(*) from public.products as p where p.vendor_id = tests.vendor_id('acme')), 2::bigint, 'what was merged stays');
do $$ begin
  perform pgmq.purge_queue('ingest');
  perform pgmq.send('ingest', '{"step": "load"}');
  perform pgmq.send('ingest', jsonb_build_object('job_id', gen_random_uuid(), 'step', 'load'));
  perform pgmq.send('ingest', jsonb_build_object('job_id', pg_temp.job(), 'step', 'load'));
end $$;
select is(app.read_ingest_step(10), null, 'messages nobody can act on are put away');
select is((select count(*) from pgmq.q_ingest), 0::bigint, 'all of them');
select is((select count(*) from pgmq.a_ingest as a where a.message = '{"step": "load"}'), 1::bigint, 'the unreadable one is kept in the archive');
select * from finish();
rollback;
