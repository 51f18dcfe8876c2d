-- One statement in one round trip, with the caller's role, claims and grants.
begin;
select plan(10);

select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');

create temporary table claims as
select app.build_claims(
  appwrite_user_id => u.appwrite_user_id, user_id => u.id, vendor_id => l.vendor_id, app_role => l.role
) as claims
from public.users as u
join public.user_links as l on l.user_id = u.id
where l.vendor_id = (select id from public.vendors where code = 'acme');

select is(
  (select body from app.call_as((select claims from claims), 'select to_jsonb(current_user::text)', '{}')),
  '"authenticated"',
  'the statement runs as authenticated'
);
reset role;
select is(
  (select body::jsonb -> 'vendor' ->> 'code' from app.call_as((select claims from claims), 'select public.get_me()', '{}')),
  'acme',
  'with the caller''s claims'
);
reset role;
select is(
  (select row_count from app.call_as((select claims from claims), $$ select '{"data": [1, 2, 3]}'::jsonb $$, '{}')),
  3,
  'rows of a list are counted'
);
reset role;
select is(
  (select row_count from app.call_as((select claims from claims), 'select null::jsonb', '{}')), 0, 'nothing counts as none'
);
reset role;
select is(
  (select body from app.call_as((select claims from claims), $$ select $1 -> 'a' $$, '{"a": "it''s"}')),
  '"it''s"',
  'arguments are passed as values'
);
reset role;
select throws_ok(
  $$ select app.call_as((select claims from claims), 'select to_jsonb(k) from app.signing_keys as k', '{}') $$,
  '42501', null, 'what the caller has no grant for stays shut'
);
reset role;
select throws_ok(
  $$ select app.call_as('{"role": "service_role"}', 'select null::jsonb', '{}') $$,
  '0P000', null, 'no other role can be taken'
);
reset role;
select is_empty(
  $$
    select r.rolname
    from pg_proc as p
    cross join pg_roles as r
    where p.oid::regproc = 'app.call_as'::regproc
      and r.rolname in ('anon', 'authenticated', 'service_role', 'authenticator')
      and has_function_privilege(r.oid, p.oid, 'execute')
  $$,
  'nobody but the owner may call it'
);

-- A primary replays nothing, so it takes itself for no replica; on a real one tests/faults/replicas.test.ts reads.
select is(
  (
    select to_jsonb(r) from app.read_as(
      (select claims from claims), 'select to_jsonb(1 / 0)', '{}', null, '0/1', clock_timestamp(), 2147483647
    ) as r
  ),
  '{"as_of": null, "lag_ms": null, "body": null, "row_count": null}',
  'read_as runs nothing on a server that is no replica'
);
select is_empty(
  $$
    select r.rolname
    from pg_proc as p
    cross join pg_roles as r
    where p.oid::regproc = 'app.read_as'::regproc
      and r.rolname in ('anon', 'authenticated', 'service_role', 'authenticator')
      and has_function_privilege(r.oid, p.oid, 'execute')
  $$,
  'nobody but the owner may call read_as'
);

select * from finish();
rollback;
