-- Schedules run when they are due, in bounded pieces, whatever becomes of the others.
begin;
select plan(23);

-- Only what this test makes.
delete from app.schedules;
create table tests.work (n int);
create function tests.take(most int) returns int language plpgsql as $$
declare
  v_taken int;
begin
  delete from tests.work where n in (select w.n from tests.work as w limit most);
  get diagnostics v_taken = row_count;
  return v_taken;
end $$;
insert into app.schedules (name, cron, call, batch, description, next_run_at)
values
  ('taking', '*/10 * * * *', 'tests.take($1)', 10, 'takes ten', '2030-01-01 00:00Z'),
  ('breaking', '*/10 * * * *', 'tests.take(5) / 0', 10, 'fails after it took', '2030-01-01 00:00Z'),
  ('slow', '*/10 * * * *', '(select 1 from pg_sleep(60))', null, 'takes too long', '2030-01-01 00:01Z'),
  ('off', '*/10 * * * *', 'tests.take($1)', 10, 'switched off', '2030-01-01 00:00Z'),
  ('cron_only', '*/10 * * * *', 'tests.take($1)', 10, 'for pg_cron', '2030-01-01 00:00Z');
update app.schedules set active = false where name = 'off';
update app.schedules set only_cron = true where name = 'cron_only';
insert into tests.work select generate_series(1, 25);

select is(app.run_due_schedules('2029-12-31 23:59Z'), 0, 'nothing runs before its time');
set local statement_timeout = '2s';
select is(app.run_due_schedules('2030-01-01 00:00Z', 2), 2, 'at its time it runs');
select is((select count(*) from tests.work), 15::bigint, 'one piece of the work; what failed is undone');
select results_eq(
  $$ select name, last_status, last_count, last_run_at, next_run_at from app.schedules where last_run_at is not null order by name $$,
  $$ values
    ('breaking', 'failed', null::bigint, '2030-01-01 00:00Z'::timestamptz, '2030-01-01 00:10Z'::timestamptz),
    ('taking', 'succeeded', 10::bigint, '2030-01-01 00:00Z', '2030-01-01 00:00Z') $$,
  'a failed one waits for its next time; one with work left is due at once');
select matches((select last_error from app.schedules where name = 'breaking'), '^22012 ', 'the failure says why');
select is(app.run_due_schedules('2030-01-01 00:00Z'), 2, 'it goes on until a piece is not full');
select is((select array[count(*), (select count(*) from app.schedule_runs)] from tests.work), array[0, 4]::bigint[], 'and each piece is on record');
select is((select next_run_at from app.schedules where name = 'taking'), '2030-01-01 00:10Z', 'then it waits');
select is(app.run_due_schedules('2030-01-01 00:10Z'), 3, 'due again with the next time, the failed one too');
select is((select last_status || left(last_error, 6) from app.schedules where name = 'slow'), 'failed57014 ', 'one that meets the time-out of statements fails like others');
select is((select count(*) from app.schedule_runs where schedule = 'taking'), 3::bigint, 'a run that found nothing leaves no record');
select is((select last_run_at from app.schedules where name = 'taking'), '2030-01-01 00:10Z', 'but is seen');
reset statement_timeout;

select is(app.run_schedule('off'), null, 'what is switched off does not run');
select is(app.run_schedule('nothing'), null, 'nor what is not there');
insert into tests.work select generate_series(1, 3);
select is(app.run_schedule('cron_only', '2030-01-01 00:20Z'), 3::bigint, 'what is for pg_cron runs by name');
update app.schedules set call = 'tests.take(' where name = 'cron_only';
select is(app.run_schedule('cron_only', '2030-01-01 00:30Z'), null, 'a call that is no expression is a failure');
select matches((select last_error from app.schedules where name = 'cron_only'), '^42601 ', 'and says so');

select throws_ok($$ insert into app.schedules (name, cron, call, description) values ('x', 'daily', '1', 'x') $$, '22023', null, 'a cron expression that cannot be read is refused');
select throws_ok($$ insert into app.schedules (name, cron, call, description, batch) values ('x', '* * * * *', '1', 'x', 0) $$, '23514', null, 'and a batch of nothing');

select is(app.purge_schedule_runs(2, '30 days', '2030-01-31 00:00Z'), 0, 'records are kept so long');
select is(app.purge_schedule_runs(2, '30 days', '2030-01-31 00:01Z'), 2, 'and removed so many at once afterwards');
select tests.act_as_service();
select tests.forbids('select app.run_due_schedules()', 'the service key runs no schedules');
select tests.forbids('select from app.schedules', 'nor reads them');

select * from finish();
rollback;
