-- Whose step comes next: vendors take turns, small files overtake, nobody has more than its share, nobody starves.
begin;
select plan(13);
select tests.create_vendor(v) from unnest(array['giant', 'many', 'small']) as v;
select pgmq.purge_queue('ingest');
create temporary table queued (name text primary key, job_id uuid default gen_random_uuid(), message_id bigint) on commit drop;

-- Queues the load of a file of so many bytes, waiting for so many seconds.
create function pg_temp.queue(name text, vendor text, bytes bigint, waited int default 0, mode text default 'products') returns void
language plpgsql as $$
begin
  insert into queued (name) values (name);
  insert into public.ingestion_jobs (id, vendor_id, mode, status, step, super_id, started_at, totals)
  select q.job_id, tests.vendor_id(vendor), mode, 'running', 'load', gen_random_uuid(), now(),
    app.empty_ingestion_totals() || jsonb_build_object('bytes', bytes)
  from queued as q where q.name = queue.name;
  update queued as q set message_id = app.send_ingest_step(q.job_id, 'load') where q.name = queue.name;
  update pgmq.q_ingest as m set vt = clock_timestamp() - make_interval(secs => waited)
  from queued as q where q.name = queue.name and m.msg_id = q.message_id;
end;
$$;
-- Takes the next step; its name, or nothing.
create function pg_temp.take(concurrency int default 2) returns text language sql as $$
  select q.name from (select (app.read_ingest_step(60, concurrency) ->> 'message_id')::bigint as id) as s
  join queued as q on q.message_id = s.id
$$;
-- The step is done and queued anew, as a giant's are.
create function pg_temp.done(name text) returns void language sql as $$
  update pgmq.q_ingest as m set vt = clock_timestamp(), read_ct = 0
  from queued as q where q.name = done.name and m.msg_id = q.message_id
$$;

select pg_temp.queue('giant', 'giant', 4000000000, 300);
select pg_temp.queue('many ' || n, 'many', 1000, 200) from generate_series(1, 100) as n;
select pg_temp.queue('small', 'small', 1000, 1);

select is(pg_temp.take(), 'many 1', 'of vendors that had no turn, the small file comes first');
select is(pg_temp.take(), 'small', 'a small file overtakes a hundred of another vendor');
select is(pg_temp.take(), 'giant', 'and a giant that waited longer');
select is(pg_temp.take(), 'many 2', 'then it is the turn of the first again, up to its two steps at once');
select is(pg_temp.take(), null, 'a vendor has no third step, even while workers are idle');
select is(pg_temp.take(3), 'many 3', 'unless the platform allows more');
select pg_temp.done('giant');
select is(pg_temp.take(), 'giant', 'others go on meanwhile');

update public.vendors set settings_json = '{"ingest": {"concurrency": 5}}' where code = 'many';
select is(array[pg_temp.take(), pg_temp.take(), pg_temp.take()], array['many 4', 'many 5', null], 'a vendor may have a number of its own');
update public.vendors set settings_json = '{"ingest": {"concurrency": "lots"}}' where code = 'many';
select is(pg_temp.take(), null, 'a setting that is no number is none');

-- One vendor's own giant and small files.
delete from public.ingestion_jobs as j where j.vendor_id = tests.vendor_id('many');
select pgmq.purge_queue('ingest');
delete from queued;
select pg_temp.queue('old giant', 'many', 1000000000, 10);
select pg_temp.queue('new file', 'many', 1000, 0);
select is(pg_temp.take(), 'new file', 'a small file overtakes a giant of its own vendor');
select is(pg_temp.take(), 'old giant', 'which goes on beside it');
delete from public.ingestion_jobs as j where j.vendor_id = tests.vendor_id('many');
select pgmq.purge_queue('ingest');
delete from queued;
select pg_temp.queue('waiting giant', 'many', 1000000, 3000);
select pg_temp.queue('next small', 'many', 1000, 1);
select is(pg_temp.take(1), 'waiting giant', 'the longer a step waits the smaller its file counts: small files starve no giant');
update pgmq.q_ingest as m set vt = clock_timestamp() - interval '1 second';
update pgmq.q_ingest as m set read_ct = 1, vt = clock_timestamp() + interval '300 seconds'
from queued as q where q.name = 'waiting giant' and q.message_id = m.msg_id;
select is(pg_temp.take(1), 'next small', 'a step that waits to be tried again takes nobody''s place');
select * from finish();
rollback;
