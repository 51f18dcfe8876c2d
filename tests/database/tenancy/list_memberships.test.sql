-- Whoever is signed in finds their vendors without naming one: how else would they know what to name.
begin;
select plan(5);

select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('olga', 'bolt', 'vendor_viewer');
select tests.create_member('olga', 'cube', 'vendor_viewer');
select tests.create_member('olga', 'dune', 'vendor_viewer');
select tests.create_member('ada', 'acme', 'vendor_admin');
update public.user_links set status = 'suspended' where vendor_id = tests.vendor_id('cube');
update public.user_links set status = 'invited' where vendor_id = tests.vendor_id('dune');

create function tests.memberships_of(appwrite_user_id text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_found jsonb;
begin
  perform app.enter_request(jsonb_build_object('role', 'authenticated', 'appwrite_user_id', appwrite_user_id));
  v_found := public.list_memberships() -> 'data';
  perform tests.reset_role();
  return v_found;
end;
$$;

select is(
  jsonb_path_query_array(tests.memberships_of('aw_olga'), '$[*].vendor_code'), '["acme", "bolt", "dune"]',
  'a suspended membership is none'
);
select is(
  jsonb_path_query_array(tests.memberships_of('aw_olga'), '$[*].status'), '["active", "active", "invited"]',
  'an invitation is told from a membership'
);
select is(
  tests.memberships_of('aw_olga') -> 0,
  jsonb_build_object(
    'vendor_id', tests.vendor_id('acme'), 'vendor_code', 'acme', 'vendor_name', 'Acme', 'role', 'vendor_operator',
    'status', 'active'
  ),
  'each with its role'
);
select is(tests.memberships_of('aw_nobody'), '[]', 'a stranger has none');
select tests.act_as_anon();
select tests.forbids('select public.list_memberships()', 'nobody unsigned asks');

select * from finish();
rollback;
