-- A superadmin gets into a vendor's data for a reason and a time, and every request of it is written down.
begin;
select plan(35);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.create_vendor('bolt');
select tests.create_superadmin('root');
select tests.create_superadmin('other');
select tests.create_client('robot', '{}');
-- Opens, from the present role.
create function tests.open(vendor text default 'acme', justification text default 'Ticket 4711: wrong prices', minutes int default 30)
returns jsonb language sql set search_path = '' as $$
  select public.open_break_glass(tests.vendor_id(vendor), justification, minutes)
$$;
grant execute on function tests.open to public;

select tests.act_as('ada');
select tests.refuses('select tests.open()', 403, 'insufficient-role', 'an admin of a vendor breaks no glass');
select tests.act_as('robot');
select tests.refuses('select tests.open()', 403, 'insufficient-role', 'nor does a service client');
select tests.act_as_service();
select tests.forbids('select tests.open()', 'nor the service key');
select tests.act_as('root');
select tests.refuses($$ select tests.open(justification => 'because') $$, 400, 'invalid-input', 'a reason is needed');
select tests.refuses($$ select tests.open(minutes => 61) $$, 400, 'invalid-input', 'and an end within the hour');
select tests.refuses($$ select tests.open(minutes => 0) $$, 400, 'invalid-input', 'after its beginning');
select tests.refuses($$ select tests.open('nobody') $$, 404, 'not-found', 'and a vendor');
select is(tests.open() ->> 'justification', 'Ticket 4711: wrong prices', 'then it opens');
select is(app.has_role('vendor_viewer'), false, 'which alone gives nothing');

select tests.reset_role();
select is(
  app.begin_request('aw_root', tests.vendor_id('acme')) #- '{break_glass,id}',
  jsonb_build_object('role', 'authenticated', 'sub', tests.user_id('root'), 'vendor_id', tests.vendor_id('acme'),
    'app_role', 'superadmin', 'appwrite_user_id', 'aw_root', 'break_glass', '{"justification": "Ticket 4711: wrong prices"}'::jsonb),
  'a request that names the vendor is let in, with the reason in its claims');
select tests.refuses(format('select app.begin_request(''aw_root'', %L)', tests.vendor_id('bolt')), 403, 'not-a-member', 'no other vendor');
select tests.refuses(format('select app.begin_request(''aw_other'', %L)', tests.vendor_id('acme')), 403, 'not-a-member', 'no other superadmin');
select is(app.begin_request('aw_root') ? 'vendor_id', false, 'none without naming it');
select is(jsonb_path_query_array(app.open_request('aw_root', tests.vendor_id('acme'), 'api', '{"method": "GET", "path": "/v1/products", "ip": "10.0.0.9", "ua": "curl", "request_id": "r7"}'), '$.limits[*].name'),
  '["user"]', 'it does not use up the vendor''s limit');
select is(
  (select jsonb_build_array(a.actor_user_id = tests.user_id('root'), a.actor_role, a.vendor_id = tests.vendor_id('acme'), a.after, a.justification, host(a.ip), a.ua, a.request_id, a.entity_id is not null)
   from public.audit_log a where a.action = 'break_glass.request'),
  '[true, "superadmin", true, {"method": "GET", "path": "/v1/products"}, "Ticket 4711: wrong prices", "10.0.0.9", "curl", "r7", true]',
  'and is written down before it does anything');
select app.enter_request(app.begin_request('aw_root', tests.vendor_id('acme')));
select is(app.has_role('vendor_admin'), true, 'inside they count as an admin');
select is(jsonb_array_length(public.list_members() -> 'data'), 2, 'of this vendor');
select tests.refuses($$ select public.invite_member('aw_root', 'vendor_viewer') $$, 403, 'insufficient-role', 'but make themselves no member, who would stay');
select is(public.invite_member('aw_new', 'vendor_viewer') ->> 'status', 'invited', 'others they may invite');
select is((select count(*) from public.break_glass_sessions), 1::bigint, 'superadmins see the sessions');
select app.check_request() from (select 1) t where false;
select tests.refuses('select app.check_request()', 403, 'no-vendor', 'an access token does not carry it past the API');

select tests.act_as('ada');
select is(public.list_break_glass() #>> '{data,0,justification}', 'Ticket 4711: wrong prices', 'the vendor''s admin sees it');
select is(jsonb_path_query_array(public.list_audit_log(), '$.data[*] ? (@.entity == "break_glass_session").action'), '["break_glass.request", "break_glass.opened"]', 'and all that was done');
select tests.act_as('vera');
select tests.refuses('select public.list_break_glass()', 403, 'insufficient-role', 'a viewer does not');
select is_empty('select from public.break_glass_sessions', 'by no way');
select tests.refuses('select public.close_break_glass(gen_random_uuid())', 404, 'not-found', 'nobody closes another''s');

select tests.act_as('root');
select is(public.close_break_glass(), '{"closed": 1}', 'the superadmin closes it');
select is(public.close_break_glass(), '{"closed": 0}', 'once');
select tests.reset_role();
select tests.refuses(format('select app.begin_request(''aw_root'', %L)', tests.vendor_id('acme')), 403, 'not-a-member', 'then it is over');
select is((select count(*) from public.audit_log where action = 'break_glass.closed' and vendor_id = tests.vendor_id('acme')), 1::bigint, 'which is written down');
select app.enter_request(app.build_claims('aw_root', tests.user_id('root'), tests.vendor_id('acme'), 'superadmin', '{"id": "x", "justification": "old"}'));
select is(app.has_role('vendor_viewer'), false, 'older claims open nothing any more');

select tests.act_as('root');
select tests.open();
select tests.reset_role();
update public.break_glass_sessions set opened_at = now() - interval '40 minutes', expires_at = now() - interval '1 second' where closed_at is null;
select tests.refuses(format('select app.begin_request(''aw_root'', %L)', tests.vendor_id('acme')), 403, 'not-a-member', 'it ends by itself too');
select tests.act_as('root');
select tests.open();
select tests.reset_role();
delete from public.platform_admins where user_id = tests.user_id('root');
select tests.refuses(format('select app.begin_request(''aw_root'', %L)', tests.vendor_id('acme')), 403, 'not-a-member', 'and with the superadmin''s right');
select is((select count(*) from public.audit_log where action = 'superadmin.removed'), 1::bigint, 'whose end is written down as well');

-- Nor does a session end a suspension.
select tests.act_as('other');
select tests.open('bolt');
select tests.reset_role();
insert into public.user_links (user_id, vendor_id, role, status)
values (tests.user_id('other'), tests.vendor_id('bolt'), 'vendor_viewer', 'suspended');
select app.enter_request(app.begin_request('aw_other', tests.vendor_id('bolt')));
select tests.refuses(
  format('select public.update_member(%L, status => ''active'')', (select m ->> 'id' from jsonb_array_elements(public.list_members() -> 'data') as m)),
  403, 'insufficient-role', 'a suspended superadmin stays suspended');
select tests.reset_role();

select * from finish();
rollback;
