-- Runs are made and read by superadmins alone; what the generator marks, and nothing else, is found for removal.
begin;
select plan(40);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
create temporary table kept (name text, run jsonb);
grant all on kept to public;

select tests.act_as('ada');
select tests.refuses(format('select %s', call), 403, 'insufficient-role', format('an admin may not %s', call))
from unnest(array[
  'public.create_generation_run(''{}'')', 'public.get_generation_run(gen_random_uuid())',
  'app.find_generated_users(null, 10)', 'app.audit_generated_deletion(null, 1)', 'app.stop_generation_runs(null)'
]) as call;
select is_empty('select from public.generation_runs', 'nor read the table');

select tests.act_as('root');
select is(
  jsonb_path_query_array(
    tests.problem_of($$ select public.create_generation_run('{"patients_count": -1, "mood_pattern": "x"}') $$),
    '$.errors[*].pointer'
  ),
  '["/patients_count", "/therapists_count", "/checkins_per_user", "/mood_pattern", "/seed", "/start_date", "/locale"]',
  'every fault is told at once'
);
select is(
  jsonb_path_query_array(
    tests.problem_of(format($$ select public.create_generation_run('{"patients_count": 1, "therapists_count": 0,
      "checkins_per_user": 1, "mood_pattern": "stable", "seed": 1, "start_date": "%s", "locale": "en"}') $$, day)),
    '$.errors[*].pointer'
  ),
  '["/start_date"]', format('no run starts on %s', day)
)
from unnest(array['1899-12-31', '2101-01-01', '2026-02-30']) as day;
insert into kept
select n.name, public.create_generation_run(jsonb_build_object(
  'patients_count', n.patients, 'therapists_count', 2, 'checkins_per_user', 3, 'mood_pattern', 'stable', 'seed', 1,
  'start_date', '2026-01-01', 'locale', 'en'
))
from (values ('small', 198), ('large', 199)) as n (name, patients);
select is((select run -> 'queued' from kept where name = 'small'), 'false', '200 users are made in the request');
select is((select run -> 'queued' from kept where name = 'large'), 'true', '201 by the worker');
select is(
  public.get_generation_run((select (run ->> 'id')::uuid from kept where name = 'small')) -> 'totals',
  '{"patients": 0, "therapists": 0, "check_ins": 0, "failed": 0, "retries": 0, "duplicates": 0, "compensations": 0}', 'a run starts with nothing'
);
select tests.refuses('select public.get_generation_run(gen_random_uuid())', 404, 'not-found', 'another is not there');

select tests.reset_role();
select is(
  (
    select count(*) from public.generated_super_ids as g
    where g.super_id in (select (run ->> 'super_id')::uuid from kept) and g.requested_by_client_id = 'aw_root'
  ),
  2::bigint, 'each has a recorded super id'
);
select results_eq(
  $$ select k.name, m.vt > now() + interval '2 minutes' from pgmq.q_generation as m
     join kept as k on k.run ->> 'id' = m.message ->> 'run_id' order by 1 $$,
  $$ values ('large', false), ('small', true) $$,
  'the worker gets the large one at once, the small one when its request must be over'
);

-- Two patients and a therapist of the small run, a real patient, and a user the run left half made.
insert into auth.users (id, aud, role, email, raw_app_meta_data)
select
  ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'authenticated', 'authenticated', n || '@synthetic.test',
  case when n <> 4 then jsonb_build_object('generation_run_id', (select run ->> 'id' from kept where name = 'small'))
    else '{}' end
from generate_series(1, 5) as n;
insert into public.profiles (id, email, role, is_test_patient, run_id, run_index)
select u.id, u.email, case n when 3 then 'therapist' else 'patient' end, n <> 4,
  case when n <> 4 then (select (run ->> 'id')::uuid from kept where name = 'small') end, case when n <> 4 then n end
from generate_series(1, 4) as n
join auth.users as u on u.email = n || '@synthetic.test';
insert into public.check_ins (patient_id, checked_in_at, mood, energy, anxiety, sleep_hours)
select p.id, '2026-01-01', case when p.is_test_patient then 1 else 9 end, 5, 5, 8
from public.profiles as p where p.role = 'patient' and p.email like '%@synthetic.test';

select is(
  (app.save_generation_progress((select (run ->> 'id')::uuid from kept where name = 'small'), 200, 6, '{"retries": 1, "duplicates": 2, "compensations": 1}', '[]')).status,
  'completed', 'the last chunk completes the run'
);
select is(
  (select count(*) from public.therapist_assignments as a join public.profiles as p on p.id = a.therapist_id),
  2::bigint, 'and its patients get its therapist'
);
select is(
  (app.save_generation_progress((select (run ->> 'id')::uuid from kept where name = 'small'), 200, 6, '{"retries": 1, "duplicates": 2, "compensations": 1}', '[]')).id,
  null, 'an ended run is closed'
);

select tests.act_as('root');
select is(
  public.get_generation_run((select (run ->> 'id')::uuid from kept where name = 'small')) -> 'totals',
  '{"patients": 2, "therapists": 1, "check_ins": 6, "failed": 0, "retries": 1, "duplicates": 2, "compensations": 1}',
  'and tells what it made, and what that took'
);
select is(
  (
    select jsonb_agg(right(id, 1) order by id)
    from jsonb_array_elements_text(app.find_generated_users(null, 10) -> 'data') as id
  ),
  '["1", "2", "3", "5"]', 'marked users and half made ones are found, never a real one'
);
select is(app.find_generated_users(gen_random_uuid(), 10), '{"data": []}', 'of one run only where it is named');
select is((select mood_mean from public.mood_analytics where day = '2026-01-01'), 9.00, 'analytics know real people alone');
select is(
  (select mood_mean from public.analyze_moods(true) where day = '2026-01-01'), 3.67, 'unless all are asked for'
);
select is((select count(*) from public.patient_analytics), 1::bigint, 'in every view');
select is((select count(*) from public.analyze_patients(true)), 3::bigint, 'and in each all, when asked for');
select lives_ok('select app.audit_generated_deletion(null, 3)', 'a removal is written down');
select is(app.stop_generation_runs(gen_random_uuid()), 0, 'a removal of one run ends no other');
select is(app.stop_generation_runs(null), 1, 'a removal of all ends the runs that are under way');
select results_eq(
  $$ select k.name, r.status, r.error ->> 'code' from kept as k
     join public.generation_runs as r on r.id = (k.run ->> 'id')::uuid order by 1 $$,
  $$ values ('large', 'failed', 'deleted'), ('small', 'completed', null) $$, 'and they say why'
);

select tests.reset_role();
select set_config(
  'request.jwt.claims', '{"role": "authenticated", "sub": "00000000-0000-4000-8000-000000000003"}', true
);
select set_config('role', 'authenticated', true);
select is((select count(*) from public.profiles), 3::bigint, 'a therapist reads themselves and their patients');
select set_config(
  'request.jwt.claims', '{"role": "authenticated", "sub": "00000000-0000-4000-8000-000000000001"}', true
);
select is((select count(*) from public.check_ins), 1::bigint, 'a patient their own check-ins');
select tests.reset_role();
select is(
  col_description('public.profiles'::regclass, 7),
  'Flag to identify synthetic/test patients (true) vs real patients (false)', 'the mark explains itself'
);

select is(
  (
    select jsonb_build_array(format_type(a.atttypid, null), pg_get_expr(d.adbin, d.adrelid), a.attnotnull)
    from pg_attribute as a
    join pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = 'public.profiles'::regclass and a.attname = 'is_test_patient'
  ),
  '["boolean", "false", true]', 'nobody is synthetic unless marked'
);
select is(
  (select pg_get_expr(i.indpred, i.indrelid) from pg_index as i
   where i.indexrelid = 'public.idx_profiles_is_test_patient'::regclass),
  'is_test_patient', 'an index holds the marked ones alone'
);

-- What watches over it: figures of the day, shares of the hour, and the message of an ended run.
select results_eq(
  $$ select labels ->> 'outcome', value::int from app.metric_samples()
     where name = 'odyssey_generation_users_last_day' order by 1 $$,
  $$ values ('compensations', 1), ('duplicates', 2), ('failed', 0), ('made', 200), ('retries', 1) $$,
  'the metrics say what making them took'
);
update public.generation_runs set users_failed = 11, retries = 21 where users_total = 200;
select results_eq(
  $$ select metric, value from app.alert_measures() where metric like 'generation%' order by 1 $$,
  $$ values ('generation_failed_share', 0.0550), ('generation_retry_share', 0.1050) $$, 'the alerts have their shares'
);
select set_eq(
  $$ select r.code from public.alert_rules as r join app.alert_measures() as m using (metric)
     where r.metric like 'generation%' and m.value > r.threshold $$,
  array['generation_failures', 'generation_retries'], 'which are held against thresholds'
);
select is(
  (select jsonb_agg(distinct app.read_generation_step(10) #>> '{run,status}') from generate_series(1, 3)),
  '["failed", null]', 'an ended run is looked after too'
);
delete from public.generation_runs where users_total = 201;
select pgmq.set_vt('generation', q.msg_id, 0) from pgmq.q_generation as q;
select is(
  (select jsonb_agg(app.read_generation_step(10) #>> '{run,status}') from generate_series(1, 2)),
  '["completed", null]', 'the message of one that is gone is put away'
);

select * from finish();
rollback;
