-- What Prometheus is given: every gauge once per label set, sizes by whole tables, figures that follow what happens.
begin;
select plan(12);

select tests.create_vendor('acme');
delete from app.table_sizes;
select app.refresh_table_sizes();
create temporary view sample as
select s.name, s.labels, s.value from app.metric_samples() as s;

select is_empty(
  'select name, labels from sample group by name, labels having count(*) > 1', 'no sample comes twice'
);
select is_empty(
  $$ select name from sample where name !~ '^odyssey_[a-z_]+$' or value = 'NaN' $$, 'every name is one of ours'
);
select set_has(
  $$ select labels ->> 'queue' from sample where name = 'odyssey_queue_depth' $$,
  $$ select q.queue_name::text from pgmq.list_queues() as q $$,
  'every queue is there'
);

select set_eq(
  $$ select labels ->> 'table' from sample where name = 'odyssey_table_bytes' $$,
  $$ select distinct n.nspname || '.' || c.relname
     from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname in ('public', 'app', 'pgmq') and not c.relispartition and c.relkind in ('r', 'p', 'm')
       and (c.relkind <> 'p' or exists (select from pg_inherits as i where i.inhparent = c.oid)) $$,
  'a table is one line, however many partitions it has'
);
select cmp_ok(
  (select value from sample where name = 'odyssey_table_partitions' and labels ->> 'table' = 'public.products'),
  '>=', 16::float8, 'which are counted'
);
select is(app.refresh_table_sizes(), false, 'sizes are measured now and then');
select is(app.refresh_table_sizes(interval '0'), true, 'not with each scrape');

create temporary table before as
select name, value from sample where labels = '{}' or labels = '{"queue": "ingest"}';
select pgmq.send('ingest', '{"job_id": null, "step": "none"}');
select app.write_audit(action => 'test.done', entity => 'test', entity_id => 'x');
select is(
  (select s.value - b.value from sample as s join before as b using (name)
   where name = 'odyssey_queue_depth' and s.labels = '{"queue": "ingest"}'),
  1::float8, 'a message makes its queue deeper'
);
select is(
  (select s.value - b.value from sample as s join before as b using (name) where name = 'odyssey_audit_unsealed_rows'),
  1::float8, 'an audit entry waits for its seal'
);

select results_eq(
  $$ select state, open_circuits, breaker, lookups from app.lookup_figures() cross join (values ('none')) as n (state)
  $$,
  $$ values ('none', 0::bigint, null::text, 0::bigint) $$,
  'without lookups there is no rate and no breaker'
);
select app.record_analytics_events(jsonb_build_array(
  jsonb_build_object('name', 'uuid_lookup', 'at', extract(epoch from now()) * 1000,
    'properties', '{"success": true, "cache_hit": true, "fallback_used": false, "lookup_time_ms": 1}'::jsonb),
  jsonb_build_object('name', 'uuid_lookup', 'at', extract(epoch from now()) * 1000,
    'properties', '{"success": false, "cache_hit": false, "fallback_used": true, "lookup_time_ms": 4}'::jsonb),
  jsonb_build_object('name', 'uuid_lookup_circuit', 'at', extract(epoch from now()) * 1000 - 1000,
    'properties', '{"state": "open", "isolate": "a"}'::jsonb),
  jsonb_build_object('name', 'uuid_lookup_circuit', 'at', extract(epoch from now()) * 1000,
    'properties', '{"state": "half_open", "isolate": "a"}'::jsonb)
));
select results_eq(
  'select lookups, hit_rate, fallback_rate, success_rate, avg_ms, open_circuits, breaker from app.lookup_figures()',
  $$ values (2::bigint, 0.5, 0.5, 0.5, 2.5, 0::bigint, 'half_open') $$,
  'with them there are; the last word of a process counts'
);
select is(
  (select jsonb_object_agg(key, jsonb_typeof(value)) from jsonb_each(app.read_metrics())),
  '{"requests": "array", "gauges": "array"}', 'all in one answer'
);
select * from finish();
rollback;
