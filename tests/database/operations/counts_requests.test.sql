-- Batches of counted requests add up by minute and for ever; quantiles and the operators' page come from them.
begin;
select plan(16);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');

create temporary table batch as
select jsonb_build_array(
  jsonb_build_object(
    'minute', date_trunc('minute', now()), 'service', 'api', 'route', '/api/v1/x', 'method', 'GET', 'status', 200,
    'count', 19, 'sum_ms', 76.5, 'buckets', '[19,0,0,0,0,0,0,0,0,0,0,0,0,0]'::jsonb
  ),
  jsonb_build_object(
    'minute', date_trunc('minute', now()), 'service', 'api', 'route', '/api/v1/x', 'method', 'GET', 'status', 503,
    'count', 1, 'sum_ms', 12000, 'buckets', '[0,0,0,0,0,0,0,0,0,0,0,0,0,1]'::jsonb
  ),
  jsonb_build_object(
    'minute', date_trunc('minute', now()) - interval '1 minute', 'service', 'api', 'route', '/api/v1/x',
    'method', 'GET', 'status', 200, 'count', 2, 'sum_ms', 500, 'buckets', '[0,0,0,0,0,0,0,2,0,0,0,0,0,0]'::jsonb
  ),
  jsonb_build_object(
    'minute', date_trunc('minute', now()), 'service', 'worker', 'route', '/worker', 'method', 'POST', 'status', 200,
    'count', 100, 'sum_ms', 1, 'buckets', '[100,0,0,0,0,0,0,0,0,0,0,0,0,0]'::jsonb
  )
) as samples;

delete from app.request_metrics;
delete from app.request_totals;
select is(app.record_request_metrics(samples), 4, 'a batch is written') from batch;
select app.record_request_metrics(samples) from batch;
select results_eq(
  $$ select status, count, sum_ms, buckets[1], buckets[14] from app.request_metrics
     where minute = date_trunc('minute', now()) and service = 'api' order by status $$,
  $$ values (200, 38::bigint, 153::float8, 38::bigint, 0::bigint), (503, 2, 24000, 0, 2) $$,
  'a second batch of the same minute adds to it'
);
select results_eq(
  $$ select status, count, sum_ms, buckets[1], buckets[8] from app.request_totals where service = 'api' order by 1 $$,
  $$ values (200, 42::bigint, 1153::float8, 38::bigint, 4::bigint), (503, 2, 24000, 0, 0) $$,
  'and both to the totals, over the minutes'
);
select throws_ok(
  $$ select app.record_request_metrics(jsonb_set(samples, '{0,buckets}', '[1,2]')) from batch $$, '23514', null,
  'a histogram of another length is refused'
);

select is(
  app.purge_request_metrics(max_rows => 1, keep => interval '0'), 1, 'retention removes a bounded piece, oldest first'
);
select is(
  (select array_agg(distinct minute) from app.request_metrics), array[date_trunc('minute', now())], 'the minute before'
);
select is(
  app.purge_request_metrics(10, interval '1 minute'), 0, 'and nothing that is younger'
);
select is((select sum(count) from app.request_totals), 244::numeric, 'the totals never go back');
select app.record_request_metrics(jsonb_build_array(samples -> 2)) from batch;

select is(app.histogram_quantile('{10,10,0,0,0,0,0,0,0,0,0,0,0,0}', 0.5), 5.0, 'a quantile lies within its bucket');
select is(app.histogram_quantile('{0,10,0,0,0,0,0,0,0,0,0,0,0,0}', 0.5), 7.5, 'evenly spread');
select is(
  app.histogram_quantile('{0,0,0,0,0,0,0,0,0,0,0,0,0,3}', 0.5), 10000::numeric, 'beyond the last bound it is that'
);
select is(app.histogram_quantile(array_fill(0::bigint, array[14]), 0.5), null, 'of nothing there is none');

select tests.act_as('root');
select is(
  (
    select jsonb_agg(r order by r ->> 'minute')
    from jsonb_array_elements(public.get_operations_overview() -> 'requests') as r
    where (r ->> 'count')::int > 0
  ) #- '{0,minute}' #- '{1,minute}',
  '[{"count": 2, "errors": 0, "p50_ms": 250.0, "p95_ms": 295.0}, '
  '{"count": 40, "errors": 2, "p50_ms": 2.6, "p95_ms": 5.0}]',
  'the operators'' page shows the minutes of clients; the worker''s own calls are left out'
);
select is(
  jsonb_array_length(public.get_operations_overview() -> 'requests'), 60, 'sixty of them, empty ones too'
);
select set_eq(
  $$ select jsonb_object_keys(public.get_operations_overview()) $$,
  array['generated_at', 'requests', 'queues', 'jobs', 'deliveries', 'lookups', 'audit', 'alerts_firing'],
  'and the rest of the platform'
);
select tests.act_as('ada');
select tests.refuses('select public.get_operations_overview()', 403, 'insufficient-role', 'no vendor sees it');
select * from finish();
rollback;
