-- Who sees which vendors, people, memberships, superadmins and clients; and that nobody writes them directly.
begin;
select plan(41);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_member('bob', 'bolt', 'vendor_admin');
select tests.create_member('bob', 'crux', 'vendor_viewer');
select tests.create_superadmin('root');
select tests.create_client('robot', array['super_id:read']);

select tests.act_as('ada');
select set_eq($$ select code from public.vendors $$, array['acme'], 'an admin sees the own vendor');
select set_eq($$ select split_part(email, '@', 1) from public.users $$, array['ada', 'olga', 'vera'], 'its people');
select is((select count(*) from public.user_links), 3::bigint, 'its memberships');
select is_empty($$ select from public.platform_admins $$, 'no superadmins');
select is_empty($$ select from public.app_clients $$, 'no clients');

select tests.act_as('olga');
select set_eq($$ select code from public.vendors $$, array['acme'], 'an operator sees the own vendor');
select set_eq($$ select split_part(email, '@', 1) from public.users $$, array['olga'], 'only themselves');
select is((select count(*) from public.user_links), 1::bigint, 'only the own membership');

select tests.act_as('vera');
select set_eq($$ select code from public.vendors $$, array['acme'], 'a viewer sees the own vendor');
select set_eq($$ select split_part(email, '@', 1) from public.users $$, array['vera'], 'only themselves');

select tests.act_as('bob', 'bolt');
select set_eq($$ select code from public.vendors $$, array['bolt', 'crux'], 'a member of two vendors sees both');
select set_eq(
  $$ select split_part(email, '@', 1) from public.users $$, array['bob'],
  'an admin of another vendor sees none of the first one''s people'
);
select is((select count(*) from public.user_links), 2::bigint, 'and none of its memberships');

select tests.act_as('bob', 'crux');
select is(app.has_role('vendor_admin'), false, 'the admin of one vendor is a viewer in the other');

select tests.act_as('root');
select ok((select count(*) from public.vendors) >= 3, 'a superadmin sees every vendor');
select set_eq($$ select split_part(email, '@', 1) from public.users $$, array['root'], 'but no people of them');
select set_eq($$ select user_id from public.platform_admins $$, array[tests.user_id('root')], 'and the registry');

select tests.act_as('robot');
select is_empty($$ select from public.vendors $$, 'a service client sees no vendor');
select is_empty($$ select from public.users $$, 'no people');
select set_eq($$ select name from public.app_clients $$, array['robot'], 'and itself');

select tests.act_as_role('authenticated');
select is_empty($$ select from public.vendors $$, 'a stranger with a valid token sees no vendor');
select is_empty($$ select from public.users $$, 'no people');
select is_empty($$ select from public.app_clients $$, 'no clients');

select tests.act_as_anon();
select tests.forbids('select from public.vendors', 'without a token: no vendors');
select tests.forbids('select from public.users', 'no people');
select tests.forbids('select from public.user_links', 'no memberships');
select tests.forbids('select public.get_me()', 'no functions');
select tests.forbids('select app.has_role(''vendor_viewer'')', 'and nothing of schema app');

select tests.act_as('ada');
select tests.forbids(
  $$ insert into public.vendors (code, name) values ('own', 'Own') $$,
  'an admin makes no vendor by hand'
);
select tests.forbids($$ update public.vendors set status = 'suspended' $$, 'changes none');
select tests.forbids($$ update public.user_links set role = 'vendor_admin' $$, 'changes no role');
select tests.forbids(
  $$ insert into public.platform_admins (user_id) values (tests.user_id('ada')) $$,
  'makes no superadmin'
);
select tests.forbids($$ update public.app_clients set permissions = '{}' $$, 'changes no client');
select tests.forbids($$ delete from public.users $$, 'removes nobody');
select tests.forbids(
  $$ select app.ensure_platform_admin(tests.user_id('ada')) $$,
  'nor through the functions of the operator'
);
select tests.forbids(
  $$ select app.ensure_member(tests.vendor_id('acme'), tests.user_id('vera'), 'vendor_admin') $$,
  'nor a member'
);
select tests.forbids($$ select app.client_permissions('aw_robot') $$, 'nor reads what clients may do');

select tests.act_as_service();
select ok((select count(*) from public.vendors) >= 3, 'the service key reads every vendor');
select ok((select count(*) from public.users) >= 5, 'and everyone');
select tests.forbids(
  $$ update public.user_links set role = 'vendor_admin' $$,
  'but writes roles by hand no more than others'
);
select tests.forbids(
  $$ insert into public.platform_admins (user_id) values (tests.user_id('ada')) $$,
  'and makes no superadmin'
);

select * from finish();
rollback;
