-- Each schedule does its work when its time has come, and not before: the clock is moved, the data stays.
begin;
select plan(50);

select tests.create_member('ada', 'acme', 'vendor_operator');
select tests.reset_role();

-- What one run of a schedule does at a time; a failure tells its reason instead.
create function tests.at(name text, at timestamptz) returns text language plpgsql as $$
declare
  v_count bigint := app.run_schedule(at.name, at.at);
begin
  return coalesce(v_count::text, (select s.last_error from app.schedules as s where s.name = at.name));
end $$;
create function tests.month(prefix text, at timestamptz) returns text language sql as $$
  select prefix || to_char(at at time zone 'utc', 'yyyy_mm')
$$;

-- Idempotency keys: 24 hours.
insert into public.idempotency_keys (id, key, subject, method, path, request_hash, response_hash, status, created_at, expires_at)
select sha256(n::text::bytea), n, 's', 'POST', '/', 'h', 'h', 200, '2029-12-31 00:00Z', '2030-01-01 00:00Z'
from generate_series(1, 3) as n;
select is(tests.at('idempotency_keys', '2029-12-31 23:59:59Z'), '0', 'idempotency keys last their 24 hours');
update app.schedules set batch = 2 where name = 'idempotency_keys';
select is(tests.at('idempotency_keys', '2030-01-01 00:00Z'), '2', 'then they go, so many at once');
select is((select next_run_at from app.schedules where name = 'idempotency_keys'), '2030-01-01 00:00Z', 'and the rest is due at once');
select is(tests.at('idempotency_keys', '2030-01-01 00:00Z'), '1', 'until none is left');

-- Rate limits and cached matches.
insert into app.rate_limit_buckets (name, subject, window_started_at, used)
values ('user', 'old', '2030-01-01 00:00Z', 1);
select is(tests.at('rate_limits', '2030-01-01 02:00Z'), '0', 'buckets stay for two hours');
select is(tests.at('rate_limits', '2030-01-01 02:00:01Z'), '1', 'and go after them');
insert into public.matches_cache (vendor_id, customer_id, catalog_version, results, ttl_at, k, inputs_hash, excluded, generated_at)
values (tests.vendor_id('acme'), gen_random_uuid(), 1, '[]', '2030-01-01 00:15Z', 20, 'h', '{}', '2030-01-01 00:00Z');
select is(tests.at('matches_cache', '2030-01-01 00:15Z'), '0', 'cached matches live for 15 minutes');
select is(tests.at('matches_cache', '2030-01-01 00:15:01Z'), '1', 'and no longer');

-- Files and errors of jobs: 90 days from the end of the job.
create temp table job as
select (public.create_ingestion_job('products') ->> 'id')::uuid as id from (select tests.act_as('ada')) as a;
select tests.act_as('ada');
create temp table late_job as select (public.create_ingestion_job('products') ->> 'id')::uuid as id;
select tests.reset_role();
update public.ingestion_jobs
set status = 'completed', step = 'done', started_at = '2030-01-01 00:00Z', finished_at = '2030-01-01 00:00Z', error_url = 'x/errors.csv'
where id = (select id from job);
insert into public.ingestion_job_errors (job_id, row_no, code, message)
select id, n, 'ragged_row', 'x' from job, generate_series(1, 3) as n union all select id, 1, 'ragged_row', 'x' from late_job;
insert into storage.objects (bucket_id, name, created_at, metadata)
select 'ingest', format('%s/%s/%s', tests.vendor_id('acme'), j.id, f), '2030-01-01 00:00Z', '{"size": 1}'
from (select id from job union all select id from late_job union all select gen_random_uuid()) as j, unnest(array['upload', 'errors.csv']) as f;
select is(tests.at('ingest_files', '2030-04-01 00:00Z'), '0', 'files stay for 90 days');
select is(tests.at('ingest_errors', '2030-04-01 00:00Z'), '0', 'so do row errors');
update app.schedules set batch = 3 where name = 'ingest_files';
select is(tests.at('ingest_files', '2030-04-01 00:00:01Z'), '3', 'then they are noted for removal, so many at once');
select is(tests.at('ingest_files', '2030-04-01 00:00:01Z'), '1', 'those without a job as well, each once');
select is_empty($$ select from app.files_to_remove as f, late_job as j where f.path like '%' || j.id || '%' $$, 'a job that has not ended keeps its file');
select is((select count(*) from storage.objects where bucket_id = 'ingest'), 6::bigint, 'only the Storage API removes objects');
select is(tests.at('ingest_errors', '2030-04-01 00:00:01Z'), '3', 'row errors of the ended job go');
select is((select error_url from public.ingestion_jobs where id = (select id from job)), null, 'with the word of an error file');
select is((select count(*) from public.ingestion_job_errors where job_id = (select id from late_job)), 1::bigint, 'those of the other stay');

-- Staging: a day after its job.
select app.create_staging(id, '{1}') from job;
select app.create_staging(id, '{1}') from late_job;
select app.create_staging('00000000-0000-0000-0000-000000000001', '{1}');
insert into public.stg_products (batch_id, row_no, vendor_id, job_id)
select gen_random_uuid(), 1, tests.vendor_id('acme'), j from (select id from job union all select id from late_job union all select null) as s (j);
select is(tests.at('ingest_staging', '2030-01-01 23:00Z'), '1', 'staging of a job that is gone goes, and rows of calls that broke off');
select is((select count(*) from public.stg_products), 2::bigint, 'rows of jobs stay for a day');
select is(tests.at('ingest_staging', '2030-01-02 00:00Z'), '1', 'that of an ended job after a day');
select is((select to_regclass(app.ingest_table(id)) from job), null, 'its table is dropped');
select isnt((select to_regclass(app.ingest_table(id)) from late_job), null, 'that of a living job stays');
select is((select count(*) from public.stg_products), 1::bigint, 'with its rows');

-- The audit log: months a year ahead, six years kept.
select is(tests.at('audit_months', now()), '0', 'a year of audit months is there');
select is(tests.at('audit_months', now() + interval '3 months'), '6', 'months go on being made, for rows and for seals');
select isnt(to_regclass('partitions.' || tests.month('audit_log_', now() + interval '15 months')), null, 'a year ahead of the clock');
select app.create_audit_partition('public.audit_log', 'timestamp', 'audit_log_2015_05', '2015-05-01 00:00Z');
select app.create_audit_partition('app.audit_seals', 'audit_timestamp', 'audit_seals_2015_05', '2015-05-01 00:00Z');
insert into public.audit_log (actor_role, action, entity, "timestamp") values ('service_role', 'a.b', 'c', '2015-05-31 23:59Z');
select is(tests.at('audit_retention', '2021-05-31 23:59Z'), '0', 'the audit log is kept for six years');
select is((select count(*) from public.audit_log where "timestamp" < '2016-01-01'), 1::bigint, 'every row of it');
select is(tests.at('audit_retention', '2021-06-01 00:00Z'), '2', 'then the month goes, with its seals');
select app.create_audit_partition('public.audit_log', 'timestamp', tests.month('audit_log_', now() - interval '2 years'), date_trunc('month', now() at time zone 'utc' - interval '2 years') at time zone 'utc');
select is(tests.at('audit_retention', now() + interval '20 years'), '0', 'a clock set forward drops nothing');
update app.schedules set keep = '1 year' where name = 'audit_retention';
select matches(tests.at('audit_retention', now()), '^22023 ', 'and nobody schedules less than six years');
select app.seal_audit_log(); -- What was committed before.
select app.write_audit('a.b', 'c');
select is(tests.at('audit_sealing', now()), '0', 'sealing is scheduled; rows of this transaction are not sealed');

-- Lookup events.
select ok(tests.at('analytics_months', now() + interval '3 months')::int between 3 and 5, 'months of lookup events are made ahead');
select is(tests.at('analytics_retention', date_trunc('month', now()) + interval '13 months'), '0', 'and kept for 13 months');
select is(tests.at('analytics_retention', date_trunc('month', now()) + interval '13 months 2 days'), '1', 'then the month goes');

-- Webhooks: 30 days, as webhook_settings says.
select app.emit_event(tests.vendor_id('acme'), 'job.completed', '{}');
delete from app.outbox_queue;
update app.outbox set occurred_at = '2030-01-01 00:00Z';
select is(tests.at('webhook_history', '2030-01-31 00:00Z'), '0', 'dispatched events stay for 30 days');
select cmp_ok(tests.at('webhook_history', '2030-01-31 00:00:01Z')::int, '>', 0, 'and go after them');

-- Word counts, once a day.
insert into app.catalog_statistics (vendor_id, changes, taken_at) values (tests.vendor_id('acme'), 7, now());
select is(tests.at('catalog_lexemes', now() + interval '1 day'), '0', 'a changed catalogue waits for a day');
select is(tests.at('catalog_lexemes', now() + interval '25 hours'), '1', 'then its words are counted');
select is(tests.at('catalog_lexemes', now() + interval '50 hours'), '0', 'and not again without a change');
select is(tests.at('health_limits', now()), '0', 'health limits are fresh where no rule changed');

-- Raw pages of connectors: 30 days.
insert into public.stg_vendor_raw (vendor_id, source, page_id, payload, fetched_at, page_no)
values (tests.vendor_id('acme'), 'src', 'p', '{}', '2030-01-01 00:00Z', 1);
select is(tests.at('connector_pages', '2030-01-31 00:00Z'), '0', 'raw pages stay for 30 days');
select is(tests.at('connector_pages', '2030-01-31 00:00:01Z'), '1', 'and go after them');

-- Request counts and alerts.
insert into app.request_metrics (minute, service, route, method, status, count, sum_ms, buckets)
values ('2030-01-01 00:00Z', 'api', '/x', 'GET', 200, 1, 1, array_fill(0, array[14]));
select is(tests.at('request_metrics', '2030-01-15 00:00Z'), '0', 'request counts stay for 14 days');
select is(tests.at('request_metrics', '2030-01-15 00:01Z'), '1', 'and go after them');
insert into public.alerts (rule_code, status, severity, value, threshold, started_at, fired_at, resolved_at)
select r.code, s, r.severity, 1, 1, '2030-01-01 00:00Z', '2030-01-01 00:00Z', case s when 'resolved' then timestamptz '2030-01-01 00:10Z' end
from (select * from public.alert_rules order by code limit 1) as r, unnest(array['firing', 'resolved']) as s;
select is(tests.at('alert_history', '2030-04-01 00:00Z'), '0', 'alerts stay for 90 days');
select is(tests.at('alert_history', '2030-04-01 00:00:01Z'), '1', 'then those go that were resolved');
select is((select count(*) from public.alerts where started_at = '2030-01-01 00:00Z' and status = 'firing'), 1::bigint, 'one that still fires stays');
select isnt(tests.at('alerts', now()), null, 'alert rules are evaluated');

-- The list as a whole.
update app.schedules set last_status = null, last_error = null, keep = case when name = 'audit_retention' then interval '6 years' else keep end;
select app.run_due_schedules('2035-01-01 00:00Z', 1000);
select is_empty($$ select name, last_error from app.schedules where not only_cron and last_status is distinct from 'succeeded' $$, 'every schedule runs');

select * from finish();
rollback;
