-- A request with an Idempotency-Key does its work once, and its answer is repeated whole.
begin;
select plan(25);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('oskar', 'acme', 'vendor_operator');
select tests.create_member('both', 'acme', 'vendor_admin');
select tests.create_member('both', 'bolt', 'vendor_admin');
create table tests.done (n int);
grant all on tests.done to authenticated;

select tests.act_as('olga');
select is((select replayed from app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h1')), false, 'a new key lets the work begin');
select lives_ok($$ select app.complete_idempotency_key('k1', 'POST', '/v1/things', 'h1', 201, '{"location": "/v1/things/1"}', '{"id":1}') $$,
  'and its answer is stored');
select is(app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h1')::text, '(t,201,"{""location"": ""/v1/things/1""}","{""id"":1}")',
  'the same request gets it again');
select is((app.claim_idempotency_key('k1', 'post', '/v1/things', 'h1')).replayed, true, 'however the method is written');
select tests.refuses($$ select app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h2') $$, 422, 'idempotency-key-reused', 'another payload does not');
select is((app.claim_idempotency_key('k1', 'POST', '/v1/others', 'h2')).replayed, false, 'another path is another request');
select is((app.claim_idempotency_key('k1', 'PUT', '/v1/things', 'h2')).replayed, false, 'another method too');
select is((app.claim_idempotency_key('k2', 'POST', '/v1/things', 'h1')).replayed, false, 'and another key');
select tests.act_as('oskar');
select is((app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h2')).replayed, false, 'and another user');
select tests.act_as('both', 'acme');
select app.complete_idempotency_key('k1', 'POST', '/v1/things', 'h1', 200, null, 'acme');
select tests.act_as('both', 'bolt');
select is((app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h1')).replayed, false, 'and the same user in another vendor');
select is((app.claim_idempotency_key(repeat('k', 255), 'POST', '/', 'h')).replayed, false, 'a key may have 255 characters');
select tests.refuses(format('select app.claim_idempotency_key(%L, ''POST'', ''/'', ''h'')', repeat('k', 256)), 400, 'invalid-input', 'not more');
select tests.refuses($$ select app.claim_idempotency_key('', 'POST', '/', 'h') $$, 400, 'invalid-input', 'nor none');
select tests.refuses($$ select app.complete_idempotency_key('k1', 'POST', '/v1/things', 'h', 200, null, 'x') from generate_series(1, 2) $$,
  409, 'idempotency-key-in-use', 'an answer that is there is never written over');
select is((tests.problem_of(format($$ select app.complete_idempotency_key('e%s', 'POST', '/', 'h', %s, null, 'x') $$, s, s)) ->> 'status'), '23514',
  format('a %s is never stored', s)) from unnest(array[401, 429, 500]) as s;
select is((select replayed from app.claim_idempotency_key('no body', 'PUT', '/', 'h')), false, 'an answer');
select app.complete_idempotency_key('no body', 'PUT', '/', 'h', 204, null, null);
select is(app.claim_idempotency_key('no body', 'PUT', '/', 'h')::text, '(t,204,{},)', 'may have no body');
select tests.forbids('select from public.idempotency_keys', 'clients do not read stored answers');

select tests.reset_role();
update public.idempotency_keys set created_at = now() - interval '25 hours', expires_at = now() - interval '1 hour' where key = 'k1';
select tests.act_as('olga');
select is((app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h2')).replayed, false, 'after 24 hours a key is free');
select app.complete_idempotency_key('k1', 'POST', '/v1/things', 'h2', 200, null, 'new');
select is((app.claim_idempotency_key('k1', 'POST', '/v1/things', 'h2')).body, 'new', 'for another request');
select tests.reset_role();
select is(app.purge_idempotency_keys(), 1, 'what expired is removed, the rest stays');

-- The one-statement form.
create function tests.call(hash text) returns text language sql set search_path = '' as $$
  select c::text from app.call_once(
    app.begin_request('aw_olga'), 'insert into tests.done select 1 returning to_jsonb(n)', '{}', '{"request_id": "r1"}',
    jsonb_build_object('key', 'once', 'method', 'POST', 'path', '/p', 'request_hash', hash, 'status', 201)
  ) as c
$$;
select is(tests.call('h'), '(f,201,{},1,1)', 'work under a key');
select tests.reset_role();
select is(tests.call('h') || (select count(*) from tests.done), '(t,201,{},1,0)1', 'is done once, and its answer repeated');

select * from finish();
rollback;
