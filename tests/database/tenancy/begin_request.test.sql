-- An Appwrite user becomes the claims of one membership, or a problem that says why not.
begin;
select plan(21);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('both', 'acme', 'vendor_admin');
select tests.create_member('both', 'bolt', 'vendor_viewer');
select tests.create_user('nobody');
select tests.create_superadmin('root');
select tests.create_client('robot', array['super_id:generate']);
select tests.reset_role();

select is(
  app.begin_request('aw_olga'),
  jsonb_build_object(
    'role', 'authenticated',
    'sub', tests.user_id('olga'),
    'vendor_id', tests.vendor_id('acme'),
    'app_role', 'vendor_operator',
    'appwrite_user_id', 'aw_olga'
  ),
  'a member of one vendor gets its claims, in the fixed form'
);
select is(
  app.begin_request('aw_olga', tests.vendor_id('acme')) ->> 'app_role', 'vendor_operator',
  'naming the only one changes nothing'
);
select tests.refuses(
  'select app.begin_request(''aw_both'')', 409, 'vendor-ambiguous',
  'several memberships and none named'
);
select is(
  app.begin_request('aw_both', tests.vendor_id('bolt')) ->> 'app_role', 'vendor_viewer',
  'the named one decides the role'
);
select tests.refuses(
  format('select app.begin_request(''aw_olga'', %L)', tests.vendor_id('bolt')), 403, 'not-a-member',
  'another vendor is refused'
);
select is(
  tests.problem_of(format('select app.begin_request(''aw_olga'', %L)', tests.vendor_id('bolt'))),
  tests.problem_of(format('select app.begin_request(''aw_olga'', %L)', gen_random_uuid())),
  'and answers like one that does not exist'
);
select tests.refuses('select app.begin_request(''aw_nobody'')', 403, 'no-membership', 'a user without membership');
select tests.refuses('select app.begin_request(''aw_never_seen'')', 403, 'no-membership', 'a user never seen before');
select tests.refuses('select app.begin_request(null)', 403, 'no-membership', 'no user id at all');

select is(
  app.begin_request('aw_root'),
  jsonb_build_object(
    'role', 'authenticated', 'sub', tests.user_id('root'), 'app_role', 'superadmin', 'appwrite_user_id', 'aw_root'
  ),
  'a superadmin gets no vendor'
);
select tests.refuses(
  format('select app.begin_request(''aw_root'', %L)', tests.vendor_id('acme')), 403, 'not-a-member',
  'and cannot name one'
);
select is(
  app.begin_request('aw_robot'),
  '{"role": "authenticated", "app_role": "client", "appwrite_user_id": "aw_robot"}',
  'a service client gets neither user nor vendor'
);

update public.vendors set status = 'suspended' where code = 'bolt';
select tests.refuses(
  format('select app.begin_request(''aw_both'', %L)', tests.vendor_id('bolt')), 403, 'vendor-suspended',
  'a suspended vendor lets nobody in'
);
update public.user_links set status = 'suspended' where user_id = tests.user_id('olga');
select tests.refuses(
  'select app.begin_request(''aw_olga'')', 403, 'no-membership',
  'a suspended membership counts for nothing'
);
update public.user_links set status = 'invited' where user_id = tests.user_id('olga');
select tests.refuses('select app.begin_request(''aw_olga'')', 403, 'no-membership', 'nor does an invitation');
update public.app_clients set active = false where appwrite_user_id = 'aw_robot';
select tests.refuses('select app.begin_request(''aw_robot'')', 403, 'no-membership', 'an inactive client is nobody');

select lives_ok(
  $$ select app.enter_request(app.begin_request('aw_both', tests.vendor_id('acme'))) $$,
  'the claims open a request'
);
select is(current_user::text, 'authenticated', 'which runs as authenticated');
select is(app.current_vendor_id(), tests.vendor_id('acme'), 'for the vendor');
select tests.forbids('select app.begin_request(''aw_olga'')', 'a caller cannot begin another''s request');
select tests.forbids(
  'select app.enter_request(''{"role": "authenticated"}'')',
  'nor enter one with claims of their own'
);

select * from finish();
rollback;
