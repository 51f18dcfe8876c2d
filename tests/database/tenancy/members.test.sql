-- Admins invite, change and remove the members of their own vendor; one admin always stays.
begin;
select plan(39);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('bob', 'bolt', 'vendor_admin');
select tests.create_user('ivan');
select tests.reset_role();
update public.user_links set created_at = created_at + interval '1 second' where user_id = tests.user_id('olga');
create function tests.member_id(name text, vendor text default 'acme') returns uuid
language sql stable security definer set search_path = '' as $$
  select l.id from public.user_links l where l.user_id = tests.user_id(name) and l.vendor_id = tests.vendor_id(vendor)
$$;
grant execute on function tests.member_id to authenticated;

select tests.act_as('olga');
select tests.refuses('select public.list_members()', 403, 'insufficient-role', 'an operator does not list members');
select tests.refuses($$ select public.invite_member('x', 'vendor_viewer') $$, 403, 'insufficient-role', 'or invite');
select tests.refuses(format($$ select public.update_member(%L, 'vendor_admin') $$, tests.member_id('olga')), 403, 'insufficient-role', 'or raise themselves');
select tests.refuses(format('select public.remove_member(%L)', tests.member_id('ada')), 403, 'insufficient-role', 'or remove');
select tests.act_as_service();
select tests.refuses('select app.require_vendor(''vendor_admin'')', 403, 'no-vendor', 'the service key is no member');

select tests.act_as('ada');
select is(jsonb_path_query_array(public.list_members(), '$.data[*].appwrite_user_id'), '["aw_ada", "aw_olga"]', 'an admin sees the members, of their vendor only');
select is(jsonb_path_query_array(public.list_members(role => 'vendor_operator'), '$.data[*].display_name'), '["Olga"]', 'by role');
select is(jsonb_path_query_array(public.list_members(page_limit => 1), '$.data[*].display_name'), '["Ada"]', 'a page at a time');
select is(
  jsonb_path_query_array(public.list_members(cursor => public.list_members(page_limit => 1) ->> 'next_cursor'), '$.data[*].display_name'),
  '["Olga"]', 'and the next');
select tests.refuses($$ select public.list_members(status => 'active', cursor => public.list_members(page_limit => 1) ->> 'next_cursor') $$,
  400, 'invalid-cursor', 'a cursor belongs to its filters');

select is(public.invite_member('aw_ivan', 'vendor_viewer', 'evil@example.test') - 'id' - 'user_id' - 'created_at' - 'updated_at',
  '{"appwrite_user_id": "aw_ivan", "email": null, "display_name": null, "role": "vendor_viewer", "status": "invited"}',
  'an admin invites a user, and learns nothing about them');
select is_empty($$ select from public.users where appwrite_user_id = 'aw_ivan' $$, 'by no way');
select is(public.invite_member('aw_ivan', 'vendor_operator') ->> 'role', 'vendor_operator', 'an open invitation can be changed');
select tests.refuses($$ select public.invite_member('aw_olga', 'vendor_admin') $$, 409, 'already-exists', 'a member cannot be invited');
select tests.refuses($$ select public.invite_member('aw_x', 'superadmin') $$, 400, 'invalid-input', 'nobody is invited as superadmin');
select tests.refuses($$ select public.invite_member('aw_x', null) $$, 400, 'invalid-input', 'or as nothing');
select tests.refuses($$ select public.invite_member(' ', 'vendor_viewer') $$, 400, 'invalid-input', 'or without a name');
select tests.refuses(format($$ select public.update_member(%L, status => 'active') $$, tests.member_id('ivan')), 409, 'conflict', 'an admin cannot accept for them');
select tests.reset_role();
select is((select email from public.users where appwrite_user_id = 'aw_ivan'), 'ivan@example.test', 'inviting changes nothing of a known user');
select tests.refuses($$ select app.begin_request('aw_ivan') $$, 403, 'no-membership', 'an invitation opens nothing');
select tests.refuses(format($$ select app.accept_invitation('aw_ivan', %L) $$, tests.vendor_id('bolt')), 404, 'not-found', 'only one''s own can be accepted');
select is(app.accept_invitation('aw_ivan', tests.vendor_id('acme')) ->> 'status', 'active', 'accepted, it is a membership');
select is(app.begin_request('aw_ivan') ->> 'app_role', 'vendor_operator', 'with the role offered');
select tests.refuses(format($$ select app.accept_invitation('aw_ivan', %L) $$, tests.vendor_id('acme')), 404, 'not-found', 'once');

select tests.act_as('ada');
select is(public.update_member(tests.member_id('ivan'), 'vendor_admin') ->> 'role', 'vendor_admin', 'a role is changed');
select is(public.update_member(tests.member_id('ivan'), status => 'suspended') ->> 'status', 'suspended', 'a member is suspended');
select is(public.update_member(tests.member_id('ivan')) ->> 'status', 'suspended', 'nothing given changes nothing');
select tests.refuses(format($$ select public.update_member(%L, 'vendor_viewer') $$, tests.member_id('ada')), 409, 'last-admin', 'the last active admin is not demoted');
select tests.refuses(format($$ select public.update_member(%L, status => 'suspended') $$, tests.member_id('ada')), 409, 'last-admin', 'nor suspended');
select tests.refuses(format('select public.remove_member(%L)', tests.member_id('ada')), 409, 'last-admin', 'nor removed');
select is(public.update_member(tests.member_id('ivan'), status => 'active') ->> 'status', 'active', 'once there is another');
select is(public.update_member(tests.member_id('ada'), 'vendor_viewer') ->> 'role', 'vendor_viewer', 'they may go');
select tests.act_as('ada');
select tests.refuses(format($$ select public.update_member(%L, 'vendor_admin') $$, tests.member_id('ada')), 403, 'insufficient-role', 'and are an admin no more');
select tests.act_as('ivan');
select is(tests.problem_of(format($$ select public.update_member(%L, 'owner', 'gone') $$, tests.member_id('olga'))) #> '{errors,0,pointer}', '"/role"', 'senseless input is refused by name');
select tests.refuses(format($$ select public.update_member(%L, 'vendor_viewer') $$, tests.member_id('bob', 'bolt')), 404, 'not-found', 'another vendor''s members are not there');
select lives_ok(format('select public.remove_member(%L)', tests.member_id('olga')), 'a member is removed');
select is(tests.member_id('olga'), null, 'and is gone');
select tests.refuses(format('select public.remove_member(%L)', gen_random_uuid()), 404, 'not-found', 'who is not there cannot be removed');
select tests.reset_role();
select is(
  (select string_agg(a.action || coalesce(' ' || (a.after ->> 'role'), '') || coalesce(' ' || (a.after ->> 'status'), ''), ', ' order by a.id)
   from public.audit_log a where a.entity = 'member' and a.actor_user_id is not null),
  'member.added vendor_viewer invited, member.updated vendor_operator, member.updated vendor_admin, member.updated suspended, '
  'member.updated active, member.updated vendor_viewer, member.removed', 'every change is in the audit log');

select * from finish();
rollback;
