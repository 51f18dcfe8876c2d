-- Where pg_cron is, its jobs are those of app.schedules. The schema below has pg_cron's names and signatures.
begin;
select plan(15);

select is(app.install_schedules(), 0, 'without pg_cron there is nothing to install');

create schema cron;
create table cron.job (jobid bigint generated always as identity, schedule text not null, command text not null, jobname name unique, active boolean not null default true);
create function cron.schedule(job_name text, schedule text, command text) returns bigint language sql as $$
  insert into cron.job as j (jobname, schedule, command) values (job_name, schedule, command)
  on conflict (jobname) do update set schedule = excluded.schedule, command = excluded.command returning j.jobid
$$;
create function cron.unschedule(job_name text) returns boolean language sql as $$
  with gone as (delete from cron.job as j where j.jobname = job_name returning true as found) select found from gone
$$;
create table cron.job_run_details (jobid bigint, runid bigint, end_time timestamptz);
select cron.schedule('theirs', '* * * * *', 'select 1'), cron.schedule('odyssey_gone', '* * * * *', 'select 1');

select is(app.install_schedules()::bigint, (select count(*) + 1 from app.schedules where active), 'every schedule becomes a job, and what is gone goes');
select set_eq(
  'select jobname::text, schedule, command from cron.job',
  $$ select 'odyssey_' || name, cron, format('select app.run_schedule(%L)', name) from app.schedules
     union all values ('theirs', '* * * * *', 'select 1') $$,
  'jobs of others stay');
select is(app.install_schedules(), 0, 'a second time changes nothing');

update app.schedules set cron = '11 * * * *' where name = 'ingest_files';
select is((select schedule from cron.job where jobname = 'odyssey_ingest_files'), '11 * * * *', 'another time holds at once');
update app.schedules set active = false where name = 'ingest_files';
select is_empty($$ select from cron.job where jobname = 'odyssey_ingest_files' $$, 'what is switched off has no job');
delete from app.schedules where name = 'rate_limits';
select is_empty($$ select from cron.job where jobname = 'odyssey_rate_limits' $$, 'nor what is removed');
insert into app.schedules (name, cron, call, description) values ('own', '30 seconds', '7', 'an operator''s own');
select is((select schedule from cron.job where jobname = 'odyssey_own'), '30 seconds', 'an operator''s own gets one');
create temp table answer (n bigint);
do $$ declare v_command text := (select command from cron.job where jobname = 'odyssey_own');
begin execute 'insert into answer ' || v_command; end $$;
select is((select n from answer), 7::bigint, 'and what pg_cron is told to run, runs');

insert into cron.job_run_details values (1, 1, '2029-12-01 00:00Z'), (1, 2, '2029-12-31 00:00Z'), (1, 3, null);
select is(app.purge_schedule_runs(10, '30 days', '2030-01-01 00:00Z'), 1, 'pg_cron''s own record is kept as long');

-- pg_net, as far as we call it.
create schema net;
create table net.http_request_queue (id bigint generated always as identity, url text, headers jsonb, body jsonb, timeout_milliseconds int);
create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}', headers jsonb default '{"Content-Type": "application/json"}', timeout_milliseconds int default 5000)
returns bigint language sql as $$
  insert into net.http_request_queue as q (url, headers, body, timeout_milliseconds) values (url, headers, body, timeout_milliseconds) returning q.id
$$;
select is(app.run_schedule('wake_worker'), null, 'without its address nobody is woken');
select matches((select last_error from app.schedules where name = 'wake_worker'), 'odyssey_functions_url', 'and the schedule says what is missing');
select vault.create_secret('https://abcd.supabase.co/functions/v1', 'odyssey_functions_url'), vault.create_secret('the-key', 'odyssey_secret_key');
select pgmq.purge_queue(q.queue_name) from pgmq.list_queues() as q;
select is(app.run_schedule('wake_worker_for_queue'), 0::bigint, 'an empty queue wakes nobody');
select pgmq.send('ingest', '{}') from generate_series(1, 5);
select is(app.run_schedule('wake_worker_for_queue', clock_timestamp()) + app.run_schedule('wake_worker') + app.run_schedule('wake_webhooks'), 4::bigint, 'a full one wakes two');
select results_eq(
  $$ select url, headers ->> 'apikey', headers ->> 'Prefer', count(*) from net.http_request_queue group by 1, 2, 3 order by 1 $$,
  $$ values ('https://abcd.supabase.co/functions/v1/worker', 'the-key', 'respond-async', 3::bigint),
            ('https://abcd.supabase.co/functions/v1/worker/webhooks?seconds=55', 'the-key', 'respond-async', 1) $$,
  'with the address and the key of Vault');

select * from finish();
rollback;
