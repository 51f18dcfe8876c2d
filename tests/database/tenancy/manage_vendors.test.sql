-- Superadmins manage vendors; a suspended one is closed at once.
begin;
select plan(24);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_vendor('bolt');
select tests.create_superadmin('root');
select tests.act_as('ada');
select tests.refuses('select public.list_vendors()', 403, 'insufficient-role', 'an admin of a vendor does not list vendors');
select tests.refuses(format('select public.get_vendor(%L)', tests.vendor_id('acme')), 403, 'insufficient-role', 'nor read them here');
select tests.refuses(format($$ select public.update_vendor(%L, status => 'suspended') $$, tests.vendor_id('bolt')), 403, 'insufficient-role', 'nor change one');
select tests.refuses(format($$ select public.update_vendor(%L, settings => '{"rate_limits": {"user": 9999}}') $$, tests.vendor_id('acme')), 403, 'insufficient-role', 'not even their own limits');

select tests.act_as('root');
select ok(jsonb_path_query_array(public.list_vendors(), '$.data[*].code') @> '["acme", "bolt"]', 'a superadmin lists them');
select is(jsonb_path_query_array(public.list_vendors(cursor => public.list_vendors(page_limit => 1) ->> 'next_cursor', page_limit => 1), '$.data[*].code'), '["bolt"]', 'a page at a time');
select is(public.list_vendors(status => 'suspended'), '{"data": [], "next_cursor": null}', 'by status');
select is(public.get_vendor(tests.vendor_id('acme')) ->> 'code', 'acme', 'reads one');
select tests.refuses(format('select public.get_vendor(%L)', gen_random_uuid()), 404, 'not-found', 'that exists');
select is(public.update_vendor(tests.vendor_id('acme'), name => ' Acme Inc ') ->> 'name', 'Acme Inc', 'renames');
select is(public.update_vendor(tests.vendor_id('acme'), settings => '{"rate_limits": {"vendor": 6000}, "other": 1}') -> 'settings_json' -> 'other', '1', 'sets settings');
select tests.refuses(format('select public.update_vendor(%L, settings => %L)', tests.vendor_id('acme'), s), 400, 'invalid-input', format('refuses the settings %s', s))
  from unnest(array['[]', '{"rate_limits": 5}', '{"rate_limits": {"vendor": 0}}', '{"rate_limits": {"vendors": 5}}', '{"rate_limits": {"user": 1.5}}']) as s;
select tests.refuses(format($$ select public.update_vendor(%L, '', 'closed') $$, tests.vendor_id('acme')), 400, 'invalid-input', 'and a senseless name or status');
select tests.refuses(format($$ select public.update_vendor(%L, 'x') $$, gen_random_uuid()), 404, 'not-found', 'and a vendor that is not there');
select is(public.update_vendor(tests.vendor_id('acme'), status => 'suspended', reason => 'unpaid since March') ->> 'status', 'suspended', 'suspends');
select tests.reset_role();
select is((select a.justification || ' ' || a.before::text || a.after::text from public.audit_log a where a.vendor_id = tests.vendor_id('acme') and a.entity = 'vendor' order by a.id desc limit 1),
  'unpaid since March {"status": "active"}{"status": "suspended"}', 'with the reason in the audit log');
select is(app.is_vendor_active(tests.vendor_id('acme')), false, 'its work waits');
select set_config('request.jwt.claims', app.build_claims('aw_ada', tests.user_id('ada'), tests.vendor_id('acme'), 'vendor_admin')::text, true);
select tests.refuses('select app.check_request()', 403, 'vendor-suspended', 'an access token made before does not get in');
select public.update_vendor(tests.vendor_id('acme'), status => 'active');
select lives_ok('select app.check_request()', 'until it is active again');
update public.user_links set role = 'vendor_viewer' where user_id = tests.user_id('ada');
select tests.refuses('select app.check_request()', 403, 'insufficient-role', 'a token of a former role does not either');

select * from finish();
rollback;
