-- The jobs of a suspended vendor wait, and go on as if nothing had happened when it is active again.
begin;
select plan(4);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');
select set_config('tests.job', (public.create_ingestion_job('products') ->> 'id'), true);
select tests.reset_role();
select pgmq.purge_queue('ingest');
insert into storage.objects (bucket_id, name, metadata)
values ('ingest', tests.vendor_id('acme') || '/' || current_setting('tests.job') || '/upload', '{"size": 42}');

update public.vendors set status = 'suspended' where id = tests.vendor_id('acme');
select is(app.read_ingest_step(10), null, 'nothing is due');
select results_eq(
  $$select read_ct, vt > now() + interval '50 seconds' from pgmq.q_ingest where message ->> 'job_id' = current_setting('tests.job')$$,
  $$values (0, true)$$, 'the step waits, and the looks at it do not count as attempts'
);
select is(
  (select status from public.ingestion_jobs where id = current_setting('tests.job')::uuid), 'running', 'the job is not failed'
);
update public.vendors set status = 'active' where id = tests.vendor_id('acme');
update pgmq.q_ingest set vt = now() where message ->> 'job_id' = current_setting('tests.job');
select is(app.read_ingest_step(10) ->> 'step', 'detect', 'and then goes on');
select * from finish();
rollback;
