-- The answer to "who am I here".
begin;
select plan(8);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('olga', 'bolt', 'vendor_viewer');
select tests.create_superadmin('root');
select tests.create_client('robot', '{}');

select tests.act_as('olga', 'acme');
select is(
  public.get_me() -> 'user',
  jsonb_build_object(
    'id', tests.user_id('olga'), 'appwrite_user_id', 'aw_olga', 'email', 'olga@example.test', 'display_name', 'Olga'
  ),
  'names the person'
);
select is(public.get_me() ->> 'role', 'vendor_operator', 'the role of this request');
select is(public.get_me() #>> '{vendor,code}', 'acme', 'its vendor');
select is(
  jsonb_path_query_array(public.get_me(), '$.memberships[*].vendor_code'), '["acme", "bolt"]', 'and every membership'
);
select tests.act_as('ada');
select is(jsonb_array_length(public.get_me() -> 'memberships'), 1, 'an admin finds only the own membership there');
select tests.act_as('root');
select is(
  public.get_me() - 'user', '{"role": "superadmin", "vendor": null, "memberships": []}',
  'a superadmin has none'
);
select tests.act_as('robot');
select is(
  public.get_me(), '{"role": "client", "user": null, "vendor": null, "memberships": []}',
  'nor a service client'
);
select tests.act_as_service();
select tests.forbids('select public.get_me()', 'the service key is nobody');

select * from finish();
rollback;
