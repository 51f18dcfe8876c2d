-- Alerts begin pending, fire when they hold long enough, and end when they no longer hold; each once, and on record.
begin;
select plan(30);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
delete from public.alerts;
update public.alert_rules set active = code in ('error_rate', 'slow_search', 'failed_jobs');
delete from app.request_metrics;

create function pg_temp.count_requests(status int, count int, route text, bucket int) returns void
language sql as $$
  select app.record_request_metrics(jsonb_build_array(jsonb_build_object(
    'minute', date_trunc('minute', now()), 'service', 'api', 'route', route, 'method', 'GET', 'status', status,
    'count', count, 'sum_ms', 1,
    'buckets', array_fill(0, array[bucket - 1]) || count || array_fill(0, array[14 - bucket])
  )))
$$;
create temporary view state as
select a.rule_code, a.subject, a.status, a.value, a.started_at, a.fired_at, a.resolved_at from public.alerts as a;

select is(app.evaluate_alerts(now()), 0, 'while all is well nothing changes');
select is_empty('select from state', 'and there is no alert');
select pg_temp.count_requests(500, 19, '/api/v1/x', 1);
select app.evaluate_alerts(now());
select is_empty('select from state', 'fewer than twenty requests say nothing');

select pg_temp.count_requests(200, 81, '/api/v1/x', 1);
select is(app.evaluate_alerts(now()), 0, 'what holds for the first time does not fire yet');
select results_eq(
  'select rule_code, subject, status, value, fired_at from state',
  $$ values ('error_rate', 'api', 'pending', 0.19, null::timestamptz) $$, 'it is pending'
);
select app.evaluate_alerts(now() + interval '4 minutes');
select results_eq('select status from state', array['pending'], 'until it has held long enough');
select pg_temp.count_requests(500, 100, '/api/v1/x', 1);
select is(app.evaluate_alerts(now() + interval '5 minutes'), 1, 'then it fires');
select results_eq(
  'select status, value, started_at, fired_at from state',
  $$ values ('firing', 0.595, now(), now() + interval '5 minutes') $$, 'with the value of now, since when it held'
);
select is(app.evaluate_alerts(now() + interval '6 minutes'), 0, 'once');
select is((select count(*) from state), 1::bigint, 'and stays one alert');

delete from app.request_metrics;
select is(app.evaluate_alerts(now() + interval '7 minutes'), 1, 'when it no longer holds it is resolved');
select results_eq(
  'select status, resolved_at from state', $$ values ('resolved', now() + interval '7 minutes') $$, 'with the time'
);
select pg_temp.count_requests(500, 20, '/api/v1/x', 1);
select app.evaluate_alerts(now() + interval '8 minutes');
select results_eq(
  'select status from state order by started_at', array['resolved', 'pending'], 'holding again it is another alert'
);
delete from app.request_metrics;
select app.evaluate_alerts(now() + interval '9 minutes');
select results_eq('select status from state', array['resolved'], 'one that passes before it fires leaves nothing');

select pg_temp.count_requests(200, 19, '/api/v1/search/products', 9);
select pg_temp.count_requests(200, 1, '/api/v1/search/products', 2);
select pg_temp.count_requests(200, 50, '/api/v1/products', 9);
select app.evaluate_alerts(now() + interval '20 minutes');
select results_eq(
  $$ select rule_code, subject, value > 300 from state where status = 'pending' $$,
  $$ values ('slow_search', 'GET /api/v1/search/products', true) $$,
  'a rule that names its subject looks at no other'
);
select is(
  (select value from app.request_measures() where metric = 'p95_ms' and subject = 'api'), 489.9,
  'the percentile of a service is that of all its routes'
);

select tests.act_as('ada');
select public.create_ingestion_job('products') from generate_series(1, 6);
select tests.reset_role();
update public.ingestion_jobs
set status = 'failed', error = '{}', finished_at = now()
where vendor_id = tests.vendor_id('acme');
select is(app.evaluate_alerts(now() + interval '21 minutes'), 1, 'a rule without a while fires at once');
select is(
  (select status from state where rule_code = 'failed_jobs'), 'firing', 'six failed jobs are more than five'
);
update public.alert_rules set active = false where code = 'failed_jobs';
select is(app.evaluate_alerts(now() + interval '22 minutes'), 1, 'a rule that is switched off ends its alert');

select tests.act_as('root');
select is(
  (select jsonb_agg(a ->> 'rule_code') from jsonb_array_elements(public.list_alerts() -> 'data') as a),
  '["failed_jobs", "slow_search", "error_rate"]', 'superadmins list alerts, newest first'
);
select is(
  public.list_alerts(status => 'pending') #> '{data,0}' ->> 'runbook', 'docs/operations/slow_responses.md',
  'by status, with what to do'
);
select is(jsonb_array_length(public.list_alerts(rule => 'error_rate') -> 'data'), 1, 'by rule');
select is(jsonb_array_length(public.list_alerts(severity => 'critical') -> 'data'), 1, 'by severity');
select is(
  public.list_alerts(page_limit => 2, cursor => public.list_alerts(page_limit => 2) ->> 'next_cursor')
    #>> '{data,0,rule_code}',
  'error_rate', 'and page by page'
);
select tests.refuses(
  format(
    'select public.list_alerts(status => ''firing'', cursor => %L)',
    public.list_alerts(page_limit => 1) ->> 'next_cursor'
  ),
  400, 'invalid-cursor', 'a cursor belongs to its filters'
);
select throws_ok('update public.alert_rules set threshold = 1', '42501', null, 'they change no threshold');
select tests.act_as('ada');
select tests.refuses('select public.list_alerts()', 403, 'insufficient-role', 'vendors see no alert');
select is_empty('select from public.alerts union all select from public.alert_rules', 'nor a rule');

select tests.act_as_service();
update public.alert_rules set threshold = 0.02 where code = 'error_rate';
select tests.reset_role();
select results_eq(
  $$ select before, after from public.audit_log where entity = 'alert_rule' and entity_id = 'error_rate'
     and after ? 'threshold' order by id desc limit 1 $$,
  $$ values ('{"threshold": 0.01}'::jsonb, '{"threshold": 0.02}'::jsonb) $$,
  'the platform changes thresholds, on record'
);
select is_empty(
  $$ select r.metric from public.alert_rules as r
     where r.metric not in (
       'error_rate', 'error_rate_hour', 'rate_limited_share', 'p95_ms', 'route_p95_ms', 'lookup_avg_ms',
       'lookup_success_rate', 'lookup_fallback_rate', 'replica_lag_seconds', 'replica_lag_bytes',
       'oldest_running_job_seconds', 'generation_failed_share', 'generation_retry_share'
     )
     and not exists (select from app.alert_measures() as m where m.metric = r.metric and m.value is not null) $$,
  'every rule names a measure; those left out need something to happen first'
);
select * from finish();
rollback;
