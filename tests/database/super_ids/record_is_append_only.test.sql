-- What was handed out stays on record as it is, and only readers with the permission see it.
begin;
select plan(18);

select tests.create_client('robot', array['super_id:generate']);
select tests.create_client('reader', array['super_id:read']);
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.act_as('robot');
select set_config('test.super_id', public.mint_super_ids(1, '{"n": 1}')::text, true);

select tests.refuses(
  format('select public.get_super_id(%L)', current_setting('test.super_id')), 403, 'missing-permission',
  'who may mint may not therefore read'
);
select is_empty('select from public.generated_super_ids', 'nor the table');
select tests.act_as('reader');
select is(
  public.get_super_id(current_setting('test.super_id')::uuid) - 'generated_at',
  jsonb_build_object(
    'super_id', current_setting('test.super_id'), 'requested_by_client_id', 'aw_robot', 'metadata', '{"n": 1}'::jsonb
  ),
  'a reader finds the record'
);
select is(
  (public.get_super_id(current_setting('test.super_id')::uuid) ->> 'generated_at')::timestamptz, now(),
  'with its time'
);
select tests.refuses(
  'select public.get_super_id(gen_random_uuid())', 404, 'not-found',
  'an id never handed out is not found'
);
select tests.refuses('select public.get_super_id(null)', 404, 'not-found', 'nor is none');
select isnt_empty('select from public.generated_super_ids', 'a reader may read the table');
select tests.forbids('update public.generated_super_ids set metadata = null', 'but not change it');
select tests.forbids('delete from public.generated_super_ids', 'or remove from it');
select tests.act_as('ada');
select is_empty('select from public.generated_super_ids', 'people see nothing of it');
select tests.act_as_anon();
select tests.forbids('select from public.generated_super_ids', 'anyone without a token even less');
select tests.act_as_service();
select lives_ok('select public.get_super_id(current_setting(''test.super_id'')::uuid)', 'the service key reads');
select lives_ok('insert into public.generated_super_ids (super_id) values (gen_random_uuid())', 'and may record');
select tests.forbids('delete from public.generated_super_ids', 'but not remove');

select tests.reset_role();
select tests.refuses(
  'update public.generated_super_ids set metadata = null', 409, 'append-only',
  'not even the owner changes it'
);
select tests.refuses('delete from public.generated_super_ids', 409, 'append-only', 'removes from it');
select tests.refuses('truncate public.generated_super_ids', 409, 'append-only', 'or empties it');
select throws_ok(
  $$ insert into public.generated_super_ids (super_id) select super_id from public.generated_super_ids $$, '23505',
  null,
  'no id is recorded twice'
);

select * from finish();
rollback;
