-- Super ids are made and recorded together, for clients with the permission and the service key, in sound numbers.
begin;
select plan(30);

select tests.create_client('robot', array['super_id:generate']);
select tests.create_client('reader', array['super_id:read']);
select tests.create_client('fired', array['super_id:generate']);
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.reset_role();
create temporary table minted (super_id uuid);
grant all on minted to public;

select tests.act_as('robot');
select lives_ok($$ insert into minted select public.mint_super_ids() $$, 'a client mints one');
select lives_ok(
  $$ insert into minted select public.mint_super_ids(count => 1000, metadata => '{"purpose": "test"}') $$,
  'and a thousand'
);
select is((select count(distinct super_id) from minted), 1001::bigint, 'all different');
select is_empty($$ select from minted where uuid_extract_version(super_id) <> 4 $$, 'all of version 4');
select tests.reset_role();
select is(
  (
    select count(*) from public.generated_super_ids join minted using (super_id)
    where requested_by_client_id = 'aw_robot'
  ),
  1001::bigint, 'each recorded with who asked'
);
select is(
  (select count(*) from public.generated_super_ids join minted using (super_id) where metadata = '{"purpose": "test"}'),
  1000::bigint, 'and what was noted'
);

select tests.act_as('robot');
select tests.refuses(
  format('select public.mint_super_ids(%s)', given), 400, 'invalid-input',
  format('count %s is refused', given)
)
from unnest(array['0', '-1', '1001', 'null']) as given;
select is(tests.problem_of('select public.mint_super_ids(0)') #>> '{errors,0,pointer}', '/count', 'by its name');
select tests.refuses($$ select public.mint_super_ids(1, '[]') $$, 400, 'invalid-input', 'metadata is an object');
select tests.refuses($$ select public.mint_super_ids(1, 'null') $$, 400, 'invalid-input', 'not a JSON null');
select tests.refuses(
  $$ select public.mint_super_ids(1, jsonb_build_object('a', repeat('x', 4096))) $$, 400, 'invalid-input',
  'of at most 4 KiB'
);
select lives_ok(
  $$ select public.mint_super_ids(1, jsonb_build_object('a', repeat('x', 4088))) $$,
  'just 4 KiB is accepted'
);
select is(
  jsonb_path_query_array(tests.problem_of($$ select public.mint_super_ids(0, '[]') $$), '$.errors[*].pointer'),
  '["/count", "/metadata"]', 'both faults are told at once'
);
select tests.forbids(
  $$ insert into public.generated_super_ids (super_id) values (gen_random_uuid()) $$,
  'a client cannot record an id of its own'
);
select tests.forbids($$ select app.record_super_ids('someone else', 1, null) $$, 'nor in another''s name');
select tests.forbids($$ select app.start_workflow('someone else', null) $$, 'in no way');

select tests.act_as('reader');
select tests.refuses(
  'select public.mint_super_ids()', 403, 'missing-permission',
  'a client without super_id:generate is refused'
);
select tests.act_as('ada');
select tests.refuses('select public.mint_super_ids()', 403, 'missing-permission', 'and so is a vendor''s admin');
select tests.act_as_anon();
select tests.forbids('select public.mint_super_ids()', 'and anyone without a token');
select tests.act_as('fired');
select set_config('test.claims', current_setting('request.jwt.claims'), true);
select tests.reset_role();
update public.app_clients set active = false where name = 'fired';
select app.enter_request(current_setting('test.claims')::jsonb);
select tests.refuses(
  'select public.mint_super_ids()', 403, 'missing-permission',
  'a client that was shut out is refused at once'
);

select tests.act_as_service();
select is((select count(*) from public.mint_super_ids(3)), 3::bigint, 'the service key mints');
select is(
  (
    select count(*) from public.generated_super_ids
    where requested_by_client_id = 'service_role' and generated_at = now()
  ),
  3::bigint,
  'and is recorded as such'
);
select tests.reset_role();
select set_config(
  'request.jwt.claims', '{"role": "authenticated", "sub": "orchestrator", "permissions": ["super_id:generate"]}',
  true
);
select set_config('role', 'authenticated', true);
select lives_ok('select public.mint_super_ids()', 'a client of a configured issuer mints');
select tests.reset_role();
select is(
  (select count(*) from public.generated_super_ids where requested_by_client_id = 'orchestrator'), 1::bigint,
  'and is recorded by its sub'
);
select isnt(app.start_workflow('ingest', '{"job": 1}'), null, 'the platform mints for its own workflows');
select is(
  (select metadata from public.generated_super_ids where requested_by_client_id = 'ingest'), '{"job": 1}',
  'recorded like any other'
);
select throws_ok(
  $$ insert into public.generated_super_ids (super_id) values ('00000000-0000-1000-8000-000000000000') $$, '23514',
  null,
  'nothing but a version 4 uuid can be recorded'
);

select * from finish();
rollback;
