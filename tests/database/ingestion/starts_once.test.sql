-- A job starts when Storage records its file: once, however often and by whomever it is noticed.
begin;
select plan(8);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select set_config('tests.job', (public.create_ingestion_job('products') ->> 'id'), true);
select tests.reset_role();
select set_config('tests.path', tests.vendor_id('acme') || '/' || current_setting('tests.job') || '/upload', true);

create function pg_temp.messages() returns bigint language sql as $$
  select count(*) from pgmq.q_ingest as q where q.message ->> 'job_id' = current_setting('tests.job')
$$;

insert into storage.objects (bucket_id, name, metadata) values ('ingest', current_setting('tests.path'), '{"size": 42}');
select is(pg_temp.messages(), 1::bigint, 'the trigger queues one step');
select results_eq(
  $$select status, step, (totals ->> 'bytes')::int from public.ingestion_jobs where id = current_setting('tests.job')::uuid$$,
  $$values ('running', 'detect', 42)$$, 'and the job runs, knowing its size'
);
update storage.objects set metadata = metadata || '{"again": true}' where name = current_setting('tests.path');
select app.sweep_uploaded_files();
select is(app.start_uploaded_job(current_setting('tests.path'), 42), false, 'a second notice starts nothing');
select is(pg_temp.messages(), 1::bigint, 'and queues nothing');

-- As if the trigger had not been there.
update public.ingestion_jobs set status = 'queued', step = 'upload', started_at = null where id = current_setting('tests.job')::uuid;
select pgmq.purge_queue('ingest');
select cmp_ok(app.sweep_uploaded_files(), '>=', 1, 'the sweep finds the file');
select is(pg_temp.messages(), 1::bigint, 'and starts its job');
select app.sweep_uploaded_files();
select is(pg_temp.messages(), 1::bigint, 'once');
select is(app.start_uploaded_job('not/a/job', 1), false, 'other objects are left alone');
select * from finish();
rollback;
