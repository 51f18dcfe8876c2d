-- Vendors are made by the platform and its superadmins, from sound input only.
begin;
select plan(15);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_client('robot', array['super_id:generate']);

select tests.act_as('root');
select is((public.create_vendor('bolt', ' Bolt ', '{"a": 1}')).name, 'Bolt', 'a superadmin makes a vendor');
select is((select count(*) from public.vendors where code in ('acme', 'bolt')), 2::bigint, 'and sees every vendor');
select is(
  (select (settings_json, status, catalog_version)::text from public.vendors where code = 'bolt'),
  '("{""a"": 1}",active,0)',
  'with its settings, active, at version 0'
);
select tests.act_as_service();
select is((public.create_vendor('crux', 'Crux')).code, 'crux', 'the service key makes a vendor');

select tests.act_as('ada');
select tests.refuses(
  $$ select public.create_vendor('dune', 'Dune') $$, 403, 'insufficient-role',
  'a vendor''s admin does not'
);
select tests.refuses(
  $$ select app.create_vendor('dune', 'Dune') $$, 403, 'insufficient-role',
  'nor through the function behind it'
);
select tests.act_as('robot');
select tests.refuses(
  $$ select public.create_vendor('dune', 'Dune') $$, 403, 'insufficient-role',
  'nor a service client'
);
select tests.act_as_anon();
select tests.forbids($$ select public.create_vendor('dune', 'Dune') $$, 'nor anyone without a token');

select tests.act_as('root');
select tests.refuses($$ select public.create_vendor('bolt', 'Again') $$, 409, 'vendor-exists', 'a code is taken once');
select is(
  tests.problem_of($$ select public.create_vendor('Not A Code', ' ', '[]') $$) -> 'errors' @? '$[2]', true,
  'every bad field is named'
);
select is(
  jsonb_path_query_array(
    tests.problem_of($$ select public.create_vendor('Not A Code', ' ', '[]') $$), '$.errors[*].pointer'
  ),
  '["/code", "/name", "/settings"]',
  'by its pointer'
);
select tests.refuses($$ select public.create_vendor(null, null, null) $$, 400, 'invalid-input', 'nulls are refused');
select tests.refuses(
  $$ select public.create_vendor('x', 'One letter') $$, 400, 'invalid-input',
  'a code has two characters'
);

select tests.reset_role();
delete from public.platform_admins where user_id = tests.user_id('root');
select set_config(
  'request.jwt.claims',
  json_build_object('role', 'authenticated', 'sub', tests.user_id('root'), 'app_role', 'superadmin')::text,
  true
);
select set_config('role', 'authenticated', true);
select tests.refuses(
  $$ select public.create_vendor('dune', 'Dune') $$, 403, 'insufficient-role',
  'a superadmin who was removed loses the right at once'
);
select is_empty($$ select from public.vendors $$, 'and sees no vendor any more');

select * from finish();
rollback;
