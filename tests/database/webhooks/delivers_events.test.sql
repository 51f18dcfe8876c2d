-- From the outbox to the end of a delivery: fan-out, fair claims, retries, dead letters, order, health of endpoints.
begin;
select plan(60);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('bob', 'other', 'vendor_admin');
select tests.reset_role();
delete from app.outbox;
delete from app.outbox_queue;

-- Endpoints by a short name.
create table pg_temp.named (name text primary key, id uuid);
grant select, insert on pg_temp.named to public;
create function pg_temp.endpoint(name text) returns uuid language sql stable
as $$ select n.id from pg_temp.named as n where n.name = endpoint.name $$;
create function pg_temp.emit(count int, vendor text default 'acme', data jsonb default '{"job_id": "j1"}') returns void
language sql volatile as $$
  select app.emit_event(tests.vendor_id(vendor), 'job.completed', data) from generate_series(1, count)
$$;
-- What is claimed, as an array; null when nothing is.
create function pg_temp.take(most int) returns jsonb language sql volatile as $$
  select jsonb_agg(to_jsonb(c)) from app.claim_webhook_deliveries(most) as c
$$;
create function pg_temp.claim(most int) returns jsonb language plpgsql volatile as $$
begin
  perform app.dispatch_events(1000);
  return pg_temp.take(most);
end;
$$;
-- Ends the attempts of a claim with this status and error.
create function pg_temp.settle(claim jsonb, status int, error text default null, retry_after int default null)
returns void language sql volatile as $$
  select app.record_webhook_attempts(
    (
      select json_agg(
        json_build_object(
          'id', d -> 'id', 'endpoint_id', d -> 'endpoint_id', 'is_ordered', d -> 'is_ordered', 'attempt', d -> 'attempt',
          'started_at', now(), 'duration_ms', 5, 'status_code', status,
          'error', error, 'response_body', 'body', 'signature', 'v1=x', 'timestamp', now(), 'retry_after', retry_after
        )
      )
      from jsonb_array_elements(claim) as d
    )
  )
$$;
create function pg_temp.by_endpoint(claim jsonb) returns jsonb language sql stable as $$
  select jsonb_object_agg(x.name, x.n) from (
    select n.name, count(*) as n
    from jsonb_array_elements(claim) as d
    join pg_temp.named as n on n.id = (d ->> 'endpoint_id')::uuid
    group by n.name
  ) as x
$$;
create function pg_temp.statuses(name text) returns jsonb language sql stable as $$
  select jsonb_object_agg(x.status, x.n) from (
    select d.status, count(*) as n from public.webhook_deliveries as d where d.endpoint_id = pg_temp.endpoint(name)
    group by d.status
  ) as x
$$;
-- How many deliveries wait and are not in the queue, or are in it and do not wait.
create function pg_temp.out_of_step() returns bigint language sql stable as $$
  select count(*)
  from (select * from public.webhook_deliveries as d where d.status in ('pending', 'retrying')) as d
  full join app.webhook_queue as q
    on (q.endpoint_id, q.next_attempt_at, q.sequence, q.delivery_id)
      = (d.endpoint_id, d.next_attempt_at, d.sequence, d.id)
  where q.delivery_id is null or d.id is null
$$;
-- Time passes: what waits is due.
create function pg_temp.wait() returns void language sql volatile as $$
  update public.webhook_deliveries set next_attempt_at = now() - interval '1 second' where finished_at is null;
  update public.webhook_endpoints set resume_at = null;
$$;
-- Begins anew with an empty queue.
create function pg_temp.forget() returns void language sql volatile as $$
  delete from app.webhook_leases;
  delete from public.webhook_deliveries;
$$;

grant execute on all functions in schema pg_temp to public;
select tests.act_as('ada');
insert into pg_temp.named
select 'all', (public.create_webhook('https://a.example', '{job.completed, job.failed, product.updated}') ->> 'id')::uuid;
insert into pg_temp.named
select 'failed', (public.create_webhook('https://b.example', '{job.failed}') ->> 'id')::uuid;
select tests.act_as('bob');
insert into pg_temp.named
select 'other', (public.create_webhook('https://c.example', '{job.completed}') ->> 'id')::uuid;
select tests.reset_role();
delete from app.outbox;
delete from app.outbox_queue;

-- Fan-out
select pg_temp.emit(1, data => '{"job_id": "j1", "conditions": ["diabetes"]}');
select is(
  app.queue_deliveries(
    array(select o from app.outbox as o), array[pg_temp.endpoint('failed'), pg_temp.endpoint('other')]
  ), 0, 'no delivery is made for an endpoint its caller does not hold, as one made this very moment'
);
select is(app.dispatch_events(10), 1, 'an event is dispatched');
select is(app.dispatch_events(10), 0, 'once');
select is((select count(*)::int from public.webhook_deliveries), 1, 'to the endpoints of its vendor that ask for it');
select is(
  (select payload - '{event_id, vendor_id}'::text[] from public.webhook_deliveries),
  jsonb_build_object(
    'event_type', 'job.completed', 'data', '{"job_id": "j1"}'::jsonb,
    'occurred_at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
  ),
  'its payload holds the fields of its type and nothing else'
);

-- Claim and success
select set_config('test.claim', pg_temp.take(10)::text, true);
select is(
  (
    select jsonb_build_object('endpoint_id', c -> 'endpoint_id', 'url', c -> 'url')
    from jsonb_array_elements(current_setting('test.claim')::jsonb) as c
  ),
  jsonb_build_object('endpoint_id', pg_temp.endpoint('all'), 'url', 'https://a.example'), 'a claim tells where to send'
);
select is(
  (current_setting('test.claim')::jsonb #>> '{0,body}')::jsonb, (select payload from public.webhook_deliveries),
  'and what'
);
select is(pg_temp.take(10), null, 'what one worker sends, no other takes');
update app.webhook_leases set leased_until = now() - interval '1 second';
select is(
  pg_temp.take(10) #> '{0,event_id}', current_setting('test.claim')::jsonb
    #> '{0,event_id}', 'until its lease ends: then the same event is sent again'
);
select pg_temp.settle(current_setting('test.claim')::jsonb, 200);
select is(pg_temp.out_of_step(), 0::bigint, 'what was delivered is not in the queue');
select is(
  (select (status, attempt, attempts_total, last_status_code, (select count(*) from app.webhook_leases), finished_at is null)::text
   from public.webhook_deliveries),
  '(delivered,1,1,200,0,f)', '2xx ends it, from whichever worker it comes'
);
select pg_temp.settle(current_setting('test.claim')::jsonb, 500, 'HTTP 500');
select is((select status from public.webhook_deliveries), 'delivered', 'a late failure changes nothing');
select is(
  (
    select array_agg(a.status_code order by a.id nulls first)
    from public.webhook_deliveries as d
    cross join lateral app.webhook_delivery_attempts(d) as a
  ), '{200,500}', 'but every attempt is on record'
);
select isnt(
  (select last_success_at from public.webhook_endpoints where id = pg_temp.endpoint('all')), null,
  'the endpoint is known to be well'
);

-- Fairness
update public.webhook_endpoints set failing_since = null;
select pg_temp.emit(40);
select pg_temp.emit(10, 'other');
select set_config('test.claim', pg_temp.claim(12)::text, true);
select is(
  pg_temp.by_endpoint(current_setting('test.claim')::jsonb), '{"all": 6, "other": 6}', 'vendors take turns'
);
select is(
  pg_temp.by_endpoint(pg_temp.claim(100)), '{"all": 26, "other": 4}', 'and have no more under way than their endpoints may'
);
select pg_temp.emit(120, data => '{"job_id": "brisk"}');
do $$ begin while app.dispatch_events(1000) > 0 loop end loop; end $$;
select is(
  (
    select pg_temp.by_endpoint(jsonb_agg(to_jsonb(c)))
    from app.claim_webhook_deliveries(100, array[pg_temp.endpoint('all')]) as c
  ), '{"all": 96}', 'of one that answers well a worker may hold more, to be sent when others end'
);
select is(pg_temp.out_of_step(), 0::bigint, 'what waits is in the queue, whoever holds it');
select pg_temp.settle(current_setting('test.claim')::jsonb, 500, 'HTTP 500');
select is(pg_temp.out_of_step(), 0::bigint, 'and so is what is to be tried again');
select pg_temp.wait();
delete from app.webhook_leases;
select is(
  pg_temp.by_endpoint(pg_temp.claim(100)), '{"all": 1, "other": 1}', 'a failing endpoint is tried with one at a time'
);
delete from app.webhook_leases;
select is(
  (
    select pg_temp.by_endpoint(jsonb_agg(to_jsonb(c)))
    from app.claim_webhook_deliveries(100, array[pg_temp.endpoint('all'), pg_temp.endpoint('other')]) as c
  ), '{"all": 1, "other": 1}', 'also when one answer has just come'
);
select pg_temp.forget();
delete from app.outbox where data ->> 'job_id' = 'brisk';
update public.webhook_endpoints set failing_since = null;
update app.webhook_settings set endpoint_concurrency = 50, vendor_concurrency = 3;
select tests.act_as('ada');
insert into pg_temp.named
select 'gone', (public.create_webhook('https://g.example', '{job.completed}') ->> 'id')::uuid;
select tests.reset_role();
update public.webhook_endpoints set resume_at = now() + interval '1 day' where id = pg_temp.endpoint('all');
select pg_temp.emit(5, data => '{"job_id": "share"}');
select set_config('test.claim', pg_temp.claim(100)::text, true);
delete from public.webhook_endpoints where id = pg_temp.endpoint('gone');
update public.webhook_endpoints set resume_at = null where id = pg_temp.endpoint('all');
select is(pg_temp.claim(100), null, 'what is being sent to a removed endpoint still takes its vendor''s share');
select pg_temp.settle(current_setting('test.claim')::jsonb, 200);
select is(pg_temp.by_endpoint(pg_temp.claim(100)), '{"all": 3}', 'until it ends');
select pg_temp.forget();
delete from app.outbox where data ->> 'job_id' = 'share';
select pg_temp.emit(10);
select is(pg_temp.by_endpoint(pg_temp.claim(100)), '{"all": 3}', 'a vendor has its limit too');
select pg_temp.forget();
select pg_temp.emit(1, 'other');
update public.vendors set status = 'suspended' where id = tests.vendor_id('other');
select is(pg_temp.claim(100), null, 'a suspended vendor''s events wait');
select pg_temp.forget();

update public.vendors set status = 'active' where id = tests.vendor_id('other');
do $$ begin while app.dispatch_events(50) > 0 loop end loop; end $$;
select pg_temp.emit(100, data => '{"job_id": "burst"}');
select pg_temp.emit(1, 'other');
select is(app.dispatch_events(20), 6, 'so many deliveries are made at a time');
select is(
  pg_temp.by_endpoint(pg_temp.take(2)), '{"all": 1, "other": 1}',
  'and the thousands of one vendor do not hold up the one event of another'
);
delete from app.outbox where data ->> 'job_id' = 'burst';
delete from app.outbox_queue;
update public.vendors set status = 'suspended' where id = tests.vendor_id('other');
select pg_temp.forget();

-- Failure to the end
update public.webhook_endpoints set retries_max = 2 where id = pg_temp.endpoint('all');
select pg_temp.emit(1);
select pg_temp.settle(pg_temp.claim(1), 302, 'HTTP 302: redirects are not followed');
select is(
  (select (status, attempt, last_error, next_attempt_at between now() + '4 s' and clock_timestamp() + '6 s')::text from public.webhook_deliveries),
  '(retrying,1,"HTTP 302: redirects are not followed",t)', 'a redirect is a failure and is tried again'
);
select is(pg_temp.claim(1), null, 'when its time has come');
select isnt(
  (select failing_since from public.webhook_endpoints where id = pg_temp.endpoint('all')), null, 'the endpoint is failing'
);
select pg_temp.wait();
select pg_temp.settle(pg_temp.claim(1), 503, 'HTTP 503', 1000);
select cmp_ok(
  (select next_attempt_at from public.webhook_deliveries), '>=', now() + interval '1000 s', 'Retry-After is honoured'
);
select cmp_ok(
  (select resume_at from public.webhook_endpoints where id = pg_temp.endpoint('all')), '>=', now() + interval '1000 s',
  'for the endpoint as a whole'
);
select pg_temp.emit(1);
select is(pg_temp.claim(10), null, 'nothing is sent before');
delete from public.webhook_deliveries where attempt = 0;
select pg_temp.wait();
select pg_temp.settle(pg_temp.claim(1), null, 'it could not be reached');
select is((select (status, attempt, finished_at is null)::text from public.webhook_deliveries), '(dead,3,f)', 'then it is dead');
select tests.act_as('ada');
select is(
  jsonb_array_length(public.list_webhook_deliveries(pg_temp.endpoint('all'), status => 'dead') #> '{data,0,attempts}'), 3,
  'a dead letter can be seen with its attempts'
);
select tests.refuses(
  format('select public.list_webhook_deliveries(%L, status => %L)', pg_temp.endpoint('all'), 'zz'), 400, 'invalid-input',
  'a status that is none is refused'
);
select is(public.recover_webhook(pg_temp.endpoint('all')), '{"queued": 1}', 'and recovered');
select tests.reset_role();
select pg_temp.settle(pg_temp.claim(1), 204);
select is(
  (select (d.status, d.attempt, d.attempts_total, e.failing_since)::text
   from public.webhook_deliveries as d join public.webhook_endpoints as e on e.id = d.endpoint_id),
  '(delivered,1,4,)', 'after which all is well'
);
select tests.act_as('ada');
select is(
  (
    select jsonb_agg(jsonb_build_array(a -> 'attempt', a -> 'status_code', a -> 'response_body'))
    from public.webhook_deliveries as d
    cross join lateral jsonb_array_elements(public.get_webhook_delivery(d.id) -> 'attempts') as a
  ), '[[1, 204, "body"], [3, null, "body"], [2, 503, "body"], [1, 302, "body"]]', 'with every attempt, the latest first'
);
select tests.reset_role();
select tests.act_as('ada');
select is(
  public.redeliver_webhook((select d.id from public.webhook_deliveries as d)) ->> 'status', 'pending',
  'a delivered one can be sent again'
);
select tests.reset_role();
select pg_temp.settle(pg_temp.claim(1), 500, 'HTTP 500');
select pg_temp.wait();
select set_config('test.claim', pg_temp.claim(1)::text, true);
select tests.act_as('ada');
select public.redeliver_webhook((select d.id from public.webhook_deliveries as d));
select tests.reset_role();
select is((select count(*) from app.webhook_leases), 0::bigint, 'and goes at once, whoever is sending it');
select pg_temp.settle(current_setting('test.claim')::jsonb, 507, 'HTTP 507');
select is(
  (
    select (d.status, d.attempt, array(select a.status_code from app.webhook_delivery_attempts(d) as a
      where a.attempt = 2 and a.status_code = 507))::text
    from public.webhook_deliveries as d
  ), '(pending,0,{507})', 'even while it is sent: what comes of that is on record and changes nothing'
);
select tests.act_as('ada');
select is(
  public.replay_webhook(pg_temp.endpoint('all'), now() - interval '1 hour', now() + interval '1 hour', missed_only => true)
    - 'queued', '{"missed": 52, "again": 0}', 'and a time range replayed: what it was never sent'
);
select is(
  public.replay_webhook(pg_temp.endpoint('all'), now() + interval '1 hour', now() + interval '2 hours') -> 'queued', '0',
  'or nothing'
);
select tests.reset_role();
select is(pg_temp.out_of_step(), 0::bigint, 'all of which is in the queue');
select pg_temp.forget();

-- Gone, and beyond hope
update app.webhook_settings set endpoint_concurrency = 32, vendor_concurrency = 256;
select pg_temp.emit(1);
select pg_temp.settle(pg_temp.claim(1), 410, 'HTTP 410');
select is(
  (select (d.status, e.enabled, e.disabled_reason)::text
   from public.webhook_deliveries as d join public.webhook_endpoints as e on e.id = d.endpoint_id),
  '(dead,f,gone)', '410 switches the endpoint off'
);
select is(
  (select data from app.outbox where event_type = 'webhook.disabled'),
  jsonb_build_object('webhook_id', pg_temp.endpoint('all'), 'reason', 'gone'), 'and the vendor can know'
);
select pg_temp.emit(1);
select is(pg_temp.claim(1), null, 'nothing is sent to it any more');
select tests.act_as('ada');
select lives_ok(
  format($$ select public.update_webhook(%L, '{"enabled": true}') $$, pg_temp.endpoint('all')), 'until it is enabled again'
);
select tests.reset_role();
update public.webhook_endpoints set failing_since = now() - interval '5 days 1 minute' where id = pg_temp.endpoint('all');
select pg_temp.emit(1);
select pg_temp.settle(pg_temp.claim(1), 500, 'HTTP 500');
select is(
  (select (e.enabled, e.disabled_reason)::text from public.webhook_endpoints as e where e.id = pg_temp.endpoint('all')),
  '(f,failing)', 'five days of failure switch it off too'
);
select is(
  (select array_agg(data ->> 'reason' order by id) from app.outbox where event_type = 'webhook.disabled'),
  '{gone,failing}', 'with an event as well'
);
select tests.act_as('ada');
select is(
  public.update_webhook(pg_temp.endpoint('all'), '{"enabled": true, "retries_max": 1, "ordered": true}')
    - '{id, url, description, events, tolerance_sec, last_success_at, created_at, updated_at}'::text[],
  '{"enabled": true, "disabled_reason": null, "disabled_at": null, "failing_since": null, "resume_at": null,
    "retries_max": 1, "ordered": true, "previous_secret_expires_at": null}'::jsonb, 'and it gets another five once enabled'
);
select tests.reset_role();
select ok(
  (select bool_and(d.next_attempt_at <= now()) from public.webhook_deliveries as d where d.status = 'retrying'),
  'while what waits goes at once'
);
select pg_temp.forget();

-- Order
select pg_temp.emit(3, data => '{"job_id": "a"}');
select pg_temp.emit(1, data => '{"job_id": "b"}');
select set_config('test.claim', pg_temp.claim(100)::text, true);
select is(
  (
    select array_agg(e.body #>> '{data,job_id}' order by e.body #>> '{data,job_id}')
    from jsonb_array_elements(current_setting('test.claim')::jsonb) as d
    cross join lateral (select (d ->> 'body')::jsonb as body) as e
  ), '{a,b}', 'of each entity only the first event is sent'
);
select pg_temp.settle(current_setting('test.claim')::jsonb, 500, 'HTTP 500');
select is(pg_temp.statuses('all'), '{"blocked": 2, "retrying": 2}', 'the others wait while it is tried again');
select pg_temp.wait();
select pg_temp.settle(pg_temp.claim(1), 500, 'HTTP 500');
select is(
  pg_temp.statuses('all'), '{"dead": 1, "blocked": 1, "pending": 1, "retrying": 1}', 'once it is given up the next one goes'
);
delete from public.webhook_deliveries where entity = 'job:b';
select pg_temp.settle(pg_temp.claim(1), 200);
select is(
  (
    select array_agg(x.status order by x.sequence)
    from (select d.status, d.sequence from public.webhook_deliveries as d where d.entity = 'job:a') as x
  ), '{dead,delivered,pending}', 'and then the one after, in order'
);
select tests.act_as('ada');
select is(
  (public.replay_webhook(pg_temp.endpoint('all'), now() - interval '1 hour', now() + interval '1 hour')
    -> 'again')::int, 2, 'a replay queues what had ended'
);
select tests.reset_role();
select is(
  (
    select array_agg(d.status order by d.sequence)
    from public.webhook_deliveries as d
    where d.entity = 'job:a' and d.status in ('pending', 'retrying')
  ), '{pending}', 'and even then one of an entity goes at a time'
);
select is(pg_temp.out_of_step(), 0::bigint, 'since only that one is in the queue');

select * from finish();
rollback;
