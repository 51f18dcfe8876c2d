-- Lookup events go into monthly partitions; views, alerts and statistics tell what they say, to the platform alone.
begin;
select plan(24);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();

create function pg_temp.event(props jsonb, ago interval default '1 minute', name text default 'uuid_lookup')
returns jsonb language sql as $$
  select jsonb_build_object('name', name, 'properties', props, 'at', extract(epoch from now() - ago) * 1000)
$$;
create function pg_temp.record(count int, props jsonb, ago interval default '1 minute') returns int language sql as $$
  select app.record_analytics_events((select jsonb_agg(pg_temp.event(props, ago)) from generate_series(1, count)))
$$;
create function pg_temp.firing() returns text[] language sql as $$
  select coalesce(array_agg(alert order by alert), '{}') from public.uuid_lookup_alerts() where firing
$$;

select is(pg_temp.firing(), '{}', 'nothing fires without lookups');
select is((select avg_ms from public.uuid_lookup_performance), null, 'and nothing is divided by nothing');
select is(
  pg_temp.record(
    90, '{"slug": "a", "success": true, "cache_hit": true, "fallback_used": false, "lookup_time_ms": 1}'
  ), 90,
  'a batch is written'
);
select is(
  pg_temp.record(
    10, '{"slug": "b", "success": true, "cache_hit": false, "fallback_used": false, "lookup_time_ms": 50}'
  ), 10, 'and another'
);
select is((select round(avg_ms, 2) from public.uuid_lookup_performance), 5.90, 'the mean');
select cmp_ok((select p95_ms from public.uuid_lookup_performance), '>', 1::double precision, 'the 95th percentile');
select is((select success_rate from public.uuid_lookup_success_rates), 100::numeric, 'the success rate');
select is((select round(cache_hit_rate, 1) from public.uuid_lookup_cache_hit_rate), 90.0, 'the hit rate');
select is(pg_temp.firing(), '{}', 'all is well');

select pg_temp.record(
  30, '{"slug": "c", "success": false, "cache_hit": false, "fallback_used": true, "lookup_time_ms": 900,
    "error": "database_unavailable"}'
);
select is(pg_temp.firing(), array['High Fallback', 'High Latency', 'Low Success Rate'], 'three alerts fire');
select is(
  (select string_agg(severity || ' ' || value, ', ' order by alert) from public.uuid_lookup_alerts() where firing),
  'Warning 23.08, Warning 212.23, Critical 76.92', 'with their severity and value'
);
select is((select round(error_rate, 1) from public.uuid_lookup_success_rates), 23.1, 'outages count as errors');
select lives_ok(
  $$ select app.record_analytics_events(jsonb_build_array(
       pg_temp.event('{"isolate": "i", "state": "closed"}', '3 minutes', 'uuid_lookup_circuit'),
       pg_temp.event('{"isolate": "i", "state": "open"}', '2 minutes', 'uuid_lookup_circuit'),
       pg_temp.event('{"isolate": "j", "state": "open"}', '20 minutes', 'uuid_lookup_circuit')
     )) $$,
  'the state of circuits is written'
);
select ok(pg_temp.firing() @> array['Circuit Open'], 'an open circuit fires');
select is((select value from public.uuid_lookup_alerts() where alert = 'Circuit Open'), 1.00, 'unless it is old news');
select app.record_analytics_events(
  jsonb_build_array(pg_temp.event('{"isolate": "i", "state": "closed"}', '1 minute', 'uuid_lookup_circuit'))
);
select ok(not pg_temp.firing() @> array['Circuit Open'], 'or closed again');
select is(
  app.record_analytics_events('[{"name": "uuid_lookup", "at": 0}, {"name": "uuid_lookup", "at": 9e15}]'), 2,
  'impossible times are taken as now'
);

-- Partitions.
select cmp_ok(
  (select count(*) from pg_inherits where inhparent = 'public.analytics_events'::regclass), '>=', 4::bigint,
  'months are there beforehand'
);
select is(app.create_analytics_partitions(5), 3, 'missing ones are made');
select is(app.create_analytics_partitions(5), 0, 'once');
select is(app.drop_analytics_partitions('-3 months'), 4, 'whole months are dropped');

select tests.act_as('ada');
select is_empty('select from public.analytics_events', 'members see no events');
select tests.refuses('select * from public.uuid_lookup_alerts()', 403, 'insufficient-role', 'and no alerts');
select tests.act_as('root');
select is(
  (select array_agg(key order by key) from jsonb_object_keys(public.get_uuid_lookup_stats()) as key),
  array['alerts', 'last_day', 'last_hour'], 'a superadmin gets the statistics'
);

select * from finish();
rollback;
