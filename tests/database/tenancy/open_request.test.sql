-- One statement says who somebody is and counts the request: exactly, truthfully, and as data.
begin;
select plan(40);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('both', 'acme', 'vendor_admin');
select tests.create_member('both', 'bolt', 'vendor_admin');
select tests.create_client('robot', array['super_id:generate']);
select tests.reset_role();
-- A request at so many seconds after noon.
create function tests.at(name text, seconds numeric, route_class text default 'api', vendor text default null)
returns jsonb language sql set search_path = '' as $$
  select app.open_request(
    'aw_' || name, tests.vendor_id(vendor), route_class,
    at => timestamptz '2030-01-01 12:00:00+00' + make_interval(secs => seconds)
  )
$$;
create function tests.limits(answer jsonb) returns text language sql set search_path = '' as $$
  select string_agg(concat_ws(' ', l ->> 'name', l ->> 'remaining', l ->> 'reset'), ', ' order by n)
  from jsonb_array_elements(answer -> 'limits') with ordinality as t (l, n)
$$;

select is(tests.at('olga', 0) -> 'claims', app.begin_request('aw_olga'), 'the claims are those of begin_request');
select is(tests.at('olga', 0.5) -> 'limits' -> 0,
  '{"name": "user", "quota": 60, "window": 60, "remaining": 58, "reset": 60}', 'with the numbers of the user''s limit');
select is(tests.limits(tests.at('olga', 10)), 'user 57 50, vendor 597 50', 'both go down, and say when they are full again');
select is(tests.limits(tests.at('vera', 20)), 'user 59 60, vendor 596 40', 'a vendor''s limit is shared, a user''s is not');
select is(tests.at('olga', 20) -> 'problem', 'null', 'nothing is wrong');
select is((select count(*) from generate_series(1, 100) where tests.at('olga', 30) -> 'problem' = 'null'), 56::bigint,
  'of 60 in a window, exactly 60 pass');
select is(tests.at('olga', 30) - 'limits' - 'position',
  '{"claims": null, "problem": {"status": 429, "type": "rate-limited", "retry_after": 30,
    "detail": "The limit of 60 requests in 60 seconds for you is used up.",
    "hint": "Send the request again in 30 seconds."}}', 'then 429 with the time to wait, and no claims');
select is(tests.limits(tests.at('olga', 30)), 'user 0 30', 'what is left is said truthfully');
select is(tests.limits(tests.at('vera', 30)), 'user 58 50, vendor 538 30', 'what was refused took nothing from the vendor');
select is(tests.at('olga', 59.9) -> 'problem' -> 'retry_after', '1', 'to the end of the window');
select is(tests.at('olga', 60) -> 'problem', 'null', 'at the time that was told, requests pass again');
select is(tests.limits(tests.at('olga', 61)), 'user 58 59, vendor 598 59', 'in a new window');
select is(tests.limits(tests.at('olga', 59)), 'user 57 60, vendor 597 60', 'one that waited and bears an older time counts in it');

-- The vendor's limit refuses: the user gets theirs back.
update public.vendors set settings_json = '{"rate_limits": {"vendor": 3, "user": 5}}' where code = 'acme';
select is(tests.at('olga', 200) -> 'limits' -> 0 -> 'quota', '5', 'a vendor may have its own limits');
select is(tests.limits(tests.at('vera', 200)), 'user 4 60, vendor 1 60', 'for each of its users too');
select is(tests.limits(tests.at('vera', 200)), 'user 3 60, vendor 0 60', 'down to none');
select is(tests.at('vera', 200) #>> '{problem,detail}',
  'The limit of 3 requests in 60 seconds for your vendor is used up.', 'then the vendor''s limit refuses');
select is(tests.limits(tests.at('vera', 200)), 'user 3 60, vendor 0 60', 'and the user''s is not used up by it');
select is((select b.used from app.rate_limit_buckets b where b.name = 'user' and b.subject = 'aw_vera'), 2,
  'as the bucket says');
update public.vendors set settings_json = '{"rate_limits": {"vendor": "many", "user": -1}}' where code = 'acme';
select is(tests.at('olga', 300) -> 'limits' -> 0 -> 'quota', '60', 'a senseless number of a vendor counts for nothing');

-- Ingest.
select is(tests.limits(tests.at('olga', 400, 'ingest')), 'user 59 60, ingest 5 60, vendor 599 60', 'a job takes from all three');
select is((select count(*) from generate_series(1, 10) where tests.at('vera', 400, 'ingest') -> 'problem' = 'null'), 5::bigint,
  'six a minute for the whole vendor');
select is(tests.limits(tests.at('vera', 400, 'ingest')), 'user 55 60, ingest 0 60', 'a refused job takes nothing from the user');
select is(tests.limits(tests.at('vera', 401)), 'user 54 59, vendor 593 59', 'nor from the vendor; other calls pass');
update public.vendors set settings_json = '{"rate_limits": {"vendor": 7}}' where code = 'acme';
select is(tests.at('vera', 402, 'ingest', 'acme') #>> '{problem,type}', 'rate-limited', 'the vendor''s refuses before');
select is((select b.used from app.rate_limit_buckets b where b.name = 'ingest'), 6, 'leaves ingest as it was');

-- Others.
select is(tests.at('both', 500) -> 'problem' ->> 'type', 'vendor-ambiguous', 'a problem of membership is data as well');
select is(tests.limits(tests.at('both', 500)), 'user 58 60', 'and counts for the user');
select is(tests.at('stranger', 500) -> 'problem',
  '{"status": 403, "type": "no-membership", "detail": "You are signed in, but belong to no vendor.",
    "hint": "Ask an admin of your vendor to add you."}', 'strangers too');
select is(app.open_client_request('aw_robot', at => '2030-01-01') - 'limits',
  '{"claims": {"role": "authenticated", "app_role": "client", "appwrite_user_id": "aw_robot"},
    "permissions": ["super_id:generate"], "problem": null}', 'a service client is told what it may');
select is(app.open_client_request(issuer_subject => 'orchestrator', at => '2030-01-01') #>> '{limits,0,remaining}', '59',
  'one of the issuer is counted by its subject');

-- Where the primary stands, and when the caller last may have written: for reads from replicas.
create function tests.position_at(name text, method text, seconds numeric) returns jsonb
language sql set search_path = '' as $$
  select app.open_request(
    'aw_' || name, tests.vendor_id('acme'), request => jsonb_build_object('method', method),
    at => timestamptz '2030-01-01 13:00:00+00' + make_interval(secs => seconds)
  ) -> 'position'
$$;
update public.vendors set settings_json = '{}' where code = 'acme';
select is(tests.position_at('olga', 'GET', 0) - 'lsn', '{"at": "2030-01-01T13:00:00+00:00", "last_write_at": null}',
  'who only read has written nothing');
select ok((tests.position_at('olga', 'GET', 1) ->> 'lsn')::pg_lsn <= pg_current_wal_insert_lsn(), 'the place in the log is told');
select is(tests.position_at('olga', 'PATCH', 2) ->> 'last_write_at', '2030-01-01T13:00:02+00:00', 'a request that may write counts');
select is(tests.position_at('olga', 'HEAD', 3) ->> 'last_write_at', '2030-01-01T13:00:02+00:00', 'reads are told of it');
select is(tests.position_at('olga', 'GET', 90) ->> 'last_write_at', '2030-01-01T13:00:02+00:00', 'in the next window too');
select is(tests.position_at('both', 'POST', 3) ->> 'last_write_at', '2030-01-01T13:00:03+00:00', 'from the very first request');
select is(tests.position_at('vera', 'GET', 90) ->> 'last_write_at', null, 'and it is each user''s own');

update app.rate_limit_buckets set window_started_at = now() - interval '3 hours' where subject = 'aw_olga';
select is(app.purge_rate_limits(), 1, 'old buckets are removed');
select tests.act_as('olga');
select tests.forbids('select app.open_request(''aw_vera'')', 'nobody opens a request from within');

select * from finish();
rollback;
