-- How long a failed attempt is waited after: the schedule, its jitter, Retry-After and the last attempt.
begin;
select plan(4);

select is(
  (
    select array_agg(round(extract(epoch from app.webhook_delay(n, 50, luck => 0.5)))::int order by n)
    from generate_series(0, 10) as n
  ),
  '{0,5,300,1800,7200,18000,36000,50400,72000,86400,null}'::int[], 'the schedule, and its end'
);
select is(
  (
    select count(*)::int
    from generate_series(1, 9) as n, generate_series(1, 500)
    cross join lateral (select extract(epoch from app.webhook_delay(n, 50)) as s offset 0) as x
    cross join app.webhook_settings as w
    where x.s not between w.schedule_seconds[n + 1] * 0.8 and w.schedule_seconds[n + 1] * 1.2
  ), 0, 'every wait is within a fifth of its place in the schedule'
);
select is(
  (
    select count(*)::int
    from generate_series(1, 9) as n, (values (0), (60), (4000), (86400), (1000000)) as r (s)
    where extract(epoch from app.webhook_delay(n, 50, r.s)) < least(r.s, 86400)
  ), 0, 'Retry-After is never undercut, and means a day at most'
);
select is(
  (select array_agg(app.webhook_delay(n, 2) is null order by n) from generate_series(1, 3) as n), '{f,f,t}',
  'an endpoint can have fewer retries'
);

select * from finish();
rollback;
