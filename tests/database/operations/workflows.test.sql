-- One super id finds the whole story, for those whose story it is.
begin;
select plan(16);

select tests.create_superadmin('root');
select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_member('vic', 'acme', 'vendor_viewer');
select tests.create_member('bob', 'bolt', 'vendor_admin');
select tests.create_client('robot', array['super_id:generate', 'super_id:read']);
select tests.create_client('blind', array['super_id:generate']);
select tests.create_client('reader', array['super_id:read']);

select tests.act_as('ada');
select set_config('test.job', public.create_ingestion_job('products') ->> 'super_id', true);
select tests.act_as('robot');
select set_config('test.robot', public.mint_super_ids(1, '{"n": 1}')::text, true);
select tests.act_as('blind');
select set_config('test.blind', public.mint_super_ids()::text, true);

select tests.reset_role();
update public.ingestion_jobs
set status = 'running', started_at = now() + interval '1 s'
where super_id = current_setting('test.job')::uuid;
update public.ingestion_jobs
set status = 'completed', finished_at = now() + interval '3 s'
where super_id = current_setting('test.job')::uuid;
update app.outbox set occurred_at = now() + interval '3 s' where super_id = current_setting('test.job')::uuid;
select app.emit_event(tests.vendor_id('acme'), 'job.completed', '{}', current_setting('test.job')::uuid)
where not exists (select from app.outbox as o where o.super_id = current_setting('test.job')::uuid);
update app.outbox set occurred_at = now() + interval '4 s' where super_id = current_setting('test.job')::uuid;
-- Another vendor's event in the same workflow: an orchestrator may span several.
select app.emit_event(tests.vendor_id('bolt'), 'job.failed', '{}', current_setting('test.job')::uuid);

select tests.act_as('root');
select is(
  jsonb_path_query_array(
    public.get_workflow(current_setting('test.job')::uuid), '$.timeline[*] ? (@.vendor_id != $bolt).event',
    jsonb_build_object('bolt', tests.vendor_id('bolt'))
  ) - 'event.job.updated',
  '["super_id.minted", "job.created", "job.started", "job.completed", "event.job.completed"]',
  'a superadmin reads the whole story in order'
);
select is(
  public.get_workflow(current_setting('test.job')::uuid) ->> 'requested_by_client_id', 'aw_ada', 'and who began it'
);
select tests.act_as('vic');
select is(
  jsonb_path_query_array(public.get_workflow(current_setting('test.job')::uuid), '$.timeline[*].vendor_id'),
  (
    select jsonb_agg(tests.vendor_id('acme'))
    from jsonb_array_elements(public.get_workflow(current_setting('test.job')::uuid) -> 'timeline')
  ),
  'a member reads what belongs to their vendor'
);
select is(public.get_workflow(current_setting('test.job')::uuid) -> 'metadata', 'null', 'and nothing else');
select tests.act_as('bob');
select is(
  jsonb_path_query_array(public.get_workflow(current_setting('test.job')::uuid), '$.timeline[*].event'),
  '["event.job.failed"]', 'so does one of another vendor in it'
);
select tests.refuses(
  format('select public.get_workflow(%L)', current_setting('test.robot')), 404, 'not-found',
  'a workflow of others does not exist for them'
);
select tests.act_as('robot');
select is(
  public.get_workflow(current_setting('test.robot')::uuid) - array['timeline', 'generated_at'],
  jsonb_build_object(
    'super_id', current_setting('test.robot'), 'requested_by_client_id', 'aw_robot', 'metadata', '{"n": 1}'::jsonb,
    'truncated', false
  ),
  'a client reads its own'
);
select tests.refuses(
  format('select public.get_workflow(%L)', id), 404, 'not-found', 'but not another''s'
) from unnest(array[current_setting('test.blind'), current_setting('test.job')]) as id;
select tests.act_as('reader');
select tests.refuses(
  format('select public.get_workflow(%L)', current_setting('test.robot')), 404, 'not-found',
  'super_id:read alone opens no workflow of others'
);
select tests.act_as('blind');
select tests.refuses(
  format('select public.get_workflow(%L)', current_setting('test.blind')), 404, 'not-found',
  'without super_id:read not even their own'
);
select tests.refuses('select public.get_workflow(gen_random_uuid())', 404, 'not-found', 'an unknown id is not found');
select tests.refuses('select public.get_workflow(null)', 404, 'not-found', 'nor is none');
select tests.act_as_anon();
select tests.forbids('select public.get_workflow(gen_random_uuid())', 'nobody without a token gets in');
select tests.act_as_service();
select isnt(public.get_workflow(current_setting('test.robot')::uuid), null, 'the service key reads all');
select tests.forbids('select * from app.workflow_entries(gen_random_uuid())', 'through this door alone');

select * from finish();
rollback;
