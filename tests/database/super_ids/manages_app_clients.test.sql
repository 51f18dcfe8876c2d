-- Superadmins say which programs may ask for super ids; what they take away is gone at once, and all of it is audited.
begin;
select plan(25);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_client('robot', array['super_id:generate']);

select tests.refuses(format('select public.%s', call), 403, 'insufficient-role', format('%s may not %s', who, call))
from unnest(array['ada', 'robot']) as who
cross join lateral (select tests.act_as(who)) as acting
cross join unnest(array[
  'list_app_clients()', 'get_app_client(''aw_robot'')', 'create_app_client(''x'', ''X'')',
  'update_app_client(''aw_robot'', permissions => ''{super_id:read}'')', 'delete_app_client(''aw_robot'')'
]) as call;
select tests.forbids('update public.app_clients set active = true', 'nor write the table');

select tests.act_as('root');
select is(
  public.create_app_client('agent-7', ' Agent ', array['super_id:read']) - array['created_at', 'updated_at'],
  '{"appwrite_user_id": "agent-7", "name": "Agent", "permissions": ["super_id:read"], "active": true}',
  'a superadmin registers a client'
);
select tests.refuses($$ select public.create_app_client('agent-7', 'Again') $$, 409, 'already-exists', 'once');
select is(
  jsonb_path_query_array(
    tests.problem_of($$ select public.create_app_client('b', '', array['root']) $$), '$.errors[*].pointer'
  ),
  '["/name", "/permissions"]', 'a senseless name and unknown permissions are told at once'
);
select tests.refuses($$ select public.create_app_client('a b', 'x') $$, 400, 'invalid-input', 'an id Appwrite has not');
select ok(
  jsonb_path_query_array(public.list_app_clients(), '$.data[*].appwrite_user_id') @> '["agent-7", "aw_robot"]',
  'lists them'
);
select is(
  public.list_app_clients(page_limit => 1, cursor => public.list_app_clients(page_limit => 1) ->> 'next_cursor')
    #>> '{data,0,appwrite_user_id}',
  'aw_robot', 'a page at a time'
);
select is(public.update_app_client('aw_robot', active => false) ->> 'active', 'false', 'shuts one out');
select is(public.list_app_clients(active => false) #>> '{data,0,appwrite_user_id}', 'aw_robot', 'lists those shut out');
select tests.refuses($$ select public.update_app_client('nobody', 'x') $$, 404, 'not-found', 'one that exists');
select tests.reset_role();
select is(app.client_permissions('aw_robot'), '{}', 'who has no permission left');
select tests.act_as('root');
select lives_ok($$ select public.delete_app_client('agent-7') $$, 'removes one');
select tests.refuses($$ select public.get_app_client('agent-7') $$, 404, 'not-found', 'which is gone');
select tests.reset_role();
select is(
  (
    select array_agg(a.action order by a.id) from public.audit_log as a
    where a.entity_id in ('agent-7', 'aw_robot') and a.actor_client_id = 'aw_root'
  ),
  array['app_client.added', 'app_client.updated', 'app_client.removed'], 'and each change stands in the audit log'
);
select tests.act_as_service();
select lives_ok($$ select public.list_app_clients() $$, 'the service key may as well');

select * from finish();
rollback;
