-- What each role reaches, and how requests without the right are refused.
begin;
select plan(35);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_superadmin('root');
select tests.create_client('robot', array['super_id:generate']);
-- One row for each minimum: does the present caller reach it?
create function tests.reached() returns text language sql set search_path = '' as $$
  select concat_ws(',',
    case when app.has_role('vendor_viewer') then 'viewer' end,
    case when app.has_role('vendor_operator') then 'operator' end,
    case when app.has_role('vendor_admin') then 'admin' end,
    case when app.has_role('superadmin') then 'superadmin' end)
$$;
grant execute on function tests.reached to public;

select tests.act_as('vera');
select is(tests.reached(), 'viewer', 'a viewer is a viewer');
select is(app.require_vendor('vendor_viewer'), tests.vendor_id('acme'), 'and gets the vendor');
select tests.refuses(
  $$ select app.require_vendor('vendor_operator') $$, 403, 'insufficient-role',
  'not as an operator'
);
select tests.act_as('olga');
select is(tests.reached(), 'viewer,operator', 'an operator is a viewer too');
select tests.refuses($$ select app.require_vendor('vendor_admin') $$, 403, 'insufficient-role', 'but no admin');
select tests.act_as('ada');
select is(tests.reached(), 'viewer,operator,admin', 'an admin is all of a vendor''s');
select is(app.has_role('no_such_role'), false, 'nobody has a role that does not exist');
select is(app.has_role(null), false, 'or none');
select tests.refuses(
  $$ select app.require_vendor('no_such_role') $$, 403, 'insufficient-role',
  'a misspelt minimum lets nobody in'
);

select tests.act_as('root');
select is(tests.reached(), 'superadmin', 'a superadmin has no standing role in a vendor');
select tests.refuses($$ select app.require_vendor('vendor_viewer') $$, 403, 'no-vendor', 'nor a vendor');
select tests.reset_role();
select app.enter_request(app.build_claims('aw_root', tests.user_id('root'), tests.vendor_id('acme'), 'superadmin'));
select is(tests.reached(), 'superadmin', 'naming one changes nothing');
select tests.reset_role();
insert into public.break_glass_sessions (user_id, vendor_id, justification, expires_at)
values (tests.user_id('root'), tests.vendor_id('acme'), 'Looking into a report', now() + interval '5 minutes');
select app.enter_request(app.build_claims('aw_root', tests.user_id('root'), tests.vendor_id('acme'), 'superadmin'));
select is(tests.reached(), 'viewer,operator,admin,superadmin', 'inside break-glass they count as its admin');

select tests.act_as('robot');
select is(tests.reached(), '', 'a service client has no role');
select ok(app.has_permission('super_id:generate'), 'but its permission');
select ok(not app.has_permission('super_id:read'), 'and no other');
select is(app.current_user_id(), null, 'it is no user');
select tests.refuses(
  $$ select app.require_permission('super_id:read') $$, 403, 'missing-permission',
  'what it lacks is refused'
);
select tests.act_as('ada');
select ok(not app.has_permission('super_id:generate'), 'people have no permissions of clients');
select tests.act_as_role('authenticated');
select is(tests.reached(), '', 'a stranger reaches nothing');
select ok(not app.has_permission('super_id:generate'), 'and may nothing');
select tests.act_as_service();
select ok(app.has_permission('super_id:read'), 'the service key may all');
select is(tests.reached(), '', 'but belongs to no vendor');
select tests.refuses(
  $$ select app.require_vendor('vendor_viewer') $$, 403, 'no-vendor',
  'so functions for members refuse it'
);

select tests.reset_role();
select set_config(
  'request.jwt.claims', '{"role": "authenticated", "sub": "orchestrator", "permissions": ["super_id:read"]}',
  true
);
select set_config('role', 'authenticated', true);
select ok(app.has_permission('super_id:read'), 'an issuer may vouch for permissions in the claims');
select ok(not app.has_permission('super_id:generate'), 'for those it names');
select is(app.current_user_id(), null, 'a subject that is no uuid is no user of ours');
select tests.reset_role();
select set_config('request.jwt.claims', '{"role": "authenticated", "permissions": "super_id:read"}', true);
select set_config('role', 'authenticated', true);
select ok(app.has_permission('super_id:read'), 'a single one may be a plain string');
select tests.reset_role();
select set_config('request.jwt.claims', '{"role": "service_role"}', true);
select set_config('role', 'authenticated', true);
select ok(not app.is_service(), 'claims do not make a service');
select tests.act_as_service();
select ok(app.is_service(), 'the role does');

select tests.reset_role();
select is(app.ensure_user('aw_vera', null, 'Vera V.'), tests.user_id('vera'), 'ensure_user finds who is there');
select is(
  (select (email, display_name)::text from public.users where id = tests.user_id('vera')),
  '(vera@example.test,"Vera V.")',
  'and keeps what it is not told'
);
select tests.refuses(
  format($$ select app.ensure_member(%L, %L, 'superadmin') $$, tests.vendor_id('acme'), tests.user_id('vera')),
  400, 'invalid-input', 'superadmin is no role of a membership'
);
select throws_ok(
  $$ select app.ensure_app_client('x', 'X', array['everything']) $$, '23514', null,
  'unknown permissions cannot be given'
);
select throws_ok(
  $$ select app.enter_request('{"role": "service_role"}') $$, '0P000', null,
  'no claims make a request more than authenticated'
);

select * from finish();
rollback;
