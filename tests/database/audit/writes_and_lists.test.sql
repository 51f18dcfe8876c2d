-- Rows say who, what, from where and why; admins read their vendor's, superadmins the platform's.
begin;
select plan(27);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('bob', 'bolt', 'vendor_admin');
select tests.create_superadmin('root');
-- What a domain's definer function does.
create function tests.note(action text, entity_id text, after jsonb default null) returns void
language sql security definer set search_path = '' as $$ select app.write_audit(action, 'customer', entity_id, after => after) $$;
grant execute on function tests.note to authenticated;
create view tests.last_row as select a.* from public.audit_log a order by a.id desc limit 1;

select app.enter_request(app.begin_request('aw_olga'), '{"request_id": "r1", "ip": "2001:db8::1", "ua": "test/1", "method": "GET", "path": "/v1/x"}');
select tests.note('health.read', 'c1');
select tests.reset_role();
select is(
  (select to_jsonb(r) - array['id', 'timestamp', 'xact', 'vendor_id', 'actor_user_id'] from tests.last_row r),
  '{"actor_client_id": "aw_olga", "actor_role": "vendor_operator", "action": "health.read", "entity": "customer", "entity_id": "c1",
    "before": null, "after": null, "ip": "2001:db8::1", "ua": "test/1", "request_id": "r1", "justification": null}', 'a row of a request');
select is((select r.actor_user_id from tests.last_row r), tests.user_id('olga'), 'names the person');
select is((select r.vendor_id from tests.last_row r), tests.vendor_id('acme'), 'and the vendor');
select set_config('app.request', '', true);
select set_config('request.headers', '{"x-forwarded-for": "203.0.113.7, 10.0.0.1", "user-agent": "supabase-js", "x-request-id": "r2"}', true);
select tests.act_as('ada');
select set_config('app.request', '', true);
select tests.note('health.read', 'c2');
select tests.reset_role();
select is((select concat_ws(' ', host(r.ip), r.ua, r.request_id) from tests.last_row r), '203.0.113.7 supabase-js r2', 'through PostgREST it comes from the headers');
select set_config('request.headers', '{"x-forwarded-for": "not an address"}', true);
select app.write_audit('job.done', 'job');
select is((select concat_ws(' ', r.actor_role, r.ip, r.vendor_id) from tests.last_row r), 'service', 'the platform is named as such; a bad address is left out');
select set_config('request.headers', '', true);
select is((tests.problem_of($$ select app.write_audit('Nonsense', 'x') $$)) ->> 'status', '23514', 'an action is noun.verb');
select set_config('app.justification', 'asked by phone', true);
select app.write_audit('a.b', 'c');
select is((select r.justification from tests.last_row r), 'asked by phone', 'a reason may be set for what follows');
select set_config('app.justification', '', true);
select app.open_request('aw_nobody', tests.vendor_id('acme'), 'api', '{"method": "GET", "path": "/v1/products"}');
select is((select jsonb_build_array(r.action, r.actor_client_id, r.vendor_id, r.entity_id = tests.vendor_id('acme')::text, r.after) from tests.last_row r),
  '["access.refused", "aw_nobody", null, true, {"reason": "not-a-member", "method": "GET", "path": "/v1/products"}]', 'refused access is noted');
select app.audit_refusal('aw_olga', tests.vendor_id('acme'), 'insufficient-role', claims => app.begin_request('aw_olga'));
select is((select r.vendor_id from tests.last_row r), tests.vendor_id('acme'), 'in the vendor''s own rows when a member was refused');

-- Changes of tables with the trigger.
update public.user_links set updated_at = now() where user_id = tests.user_id('olga');
select is((select r.action from tests.last_row r), 'access.refused', 'an update that changes nothing leaves no row');
update public.user_links set role = 'vendor_viewer' where user_id = tests.user_id('olga');
select is((select jsonb_build_array(r.action, r.actor_role, r.before, r.after, r.vendor_id = tests.vendor_id('acme')) from tests.last_row r),
  '["member.updated", "service", {"role": "vendor_operator"}, {"role": "vendor_viewer"}, true]', 'a role changed by hand is there, with what changed');
select app.ensure_app_client('aw_bot', 'bot', array['super_id:read']);
select is((select concat(r.action, r.after -> 'permissions') from tests.last_row r), 'app_client.added["super_id:read"]', 'so is a new service client');
update public.vendors set catalog_version = catalog_version + 1 where code = 'acme';
select is((select r.action from tests.last_row r), 'app_client.added', 'a moving catalogue is no event');
update public.vendors set settings_json = '{"a": 1}' where code = 'acme';
select is((select r.action from tests.last_row r), 'vendor.updated', 'a setting is');

-- Reading.
select tests.act_as('olga');
select tests.refuses('select public.list_audit_log()', 403, 'insufficient-role', 'who is no admin reads none');
select is_empty('select from public.audit_log', 'by no way');
select tests.act_as('bob');
select is(jsonb_path_query_array(public.list_audit_log(), '$.data[*].action'), '["member.added", "vendor.added"]', 'an admin reads their vendor''s');
select is((select count(*) from public.audit_log where vendor_id is distinct from tests.vendor_id('bolt')), 0::bigint, 'and nothing else');
select tests.act_as('ada');
select is(jsonb_path_query_array(public.list_audit_log(action => 'health.read'), '$.data[*].entity_id'), '["c2", "c1"]', 'newest first, by action');
select is(jsonb_path_query_array(public.list_audit_log(entity => 'customer', entity_id => 'c1', actor_user_id => tests.user_id('olga')), '$.data[*].action'), '["health.read"]', 'by thing and person');
select is(public.list_audit_log(until => now() - interval '1 day') -> 'data', '[]', 'by time');
select is(public.list_audit_log(page_limit => 1) #> '{data,0}' ? 'xact', false, 'what is internal stays inside');
select is(
  (with recursive pages as (
     select public.list_audit_log(page_limit => 2) as page
     union all
     select public.list_audit_log(page_limit => 2, cursor => p.page ->> 'next_cursor') from pages p where p.page ->> 'next_cursor' is not null
   )
   select count(distinct r -> 'id') = count(*) and count(*) = (select count(*) from public.audit_log) from pages, jsonb_array_elements(page -> 'data') as r),
  true, 'page by page, all of it, nothing twice');
select tests.refuses($$ select public.list_audit_log(action => 'x.y', cursor => public.list_audit_log(page_limit => 1) ->> 'next_cursor') $$, 400, 'invalid-cursor', 'a cursor belongs to its filters');
select tests.act_as('root');
select ok(public.list_audit_log(action => 'superadmin.added') #>> '{data,0,entity_id}' = tests.user_id('root')::text, 'a superadmin reads the platform''s');
select is((select count(*) from public.audit_log where vendor_id is not null), 0::bigint, 'and no vendor''s');
select tests.act_as_anon();
select tests.forbids('select public.list_audit_log()', 'anon reads nothing');

select * from finish();
rollback;
