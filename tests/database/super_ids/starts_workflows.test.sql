-- An orchestrator's super id goes through everything it sets off; one that nobody recorded is refused.
begin;
select plan(11);

select tests.create_member('ada', 'acme', 'vendor_admin');
select tests.create_client('robot', array['super_id:generate', 'super_id:read']);
select tests.act_as('robot');
select set_config('test.id', public.mint_super_ids()::text, true);
select tests.reset_role();

select tests.act_as('ada');
select isnt(
  public.create_ingestion_job('products') ->> 'super_id', current_setting('test.id'), 'a workflow gets an id of its own'
);
-- As PostgREST passes a header on.
select set_config('request.headers', jsonb_build_object('x-super-id', current_setting('test.id'))::text, true);
select is(
  public.create_ingestion_job('products') ->> 'super_id', current_setting('test.id'),
  'or goes by the one its request brings'
);
select is(
  public.create_ingestion_job('products') ->> 'super_id', current_setting('test.id'), 'as many as the workflow has'
);
select is(
  public.upsert_products('[{"external_id": "1", "name": "Rice"}]') ->> 'inserted', '1', 'rows written in a workflow'
);
select tests.reset_role();
select is(
  (
    select array_agg(distinct o.super_id::text) from app.outbox as o
    where o.vendor_id = tests.vendor_id('acme') and o.event_type = 'product.updated'
  ),
  array[current_setting('test.id')], 'tell of it in their event'
);
select is(
  (
    select count(*) from public.generated_super_ids as g
    where g.requested_by_client_id = 'aw_ada'
  ),
  1::bigint, 'and record no other'
);
select tests.act_as('robot');
select ok(
  jsonb_path_query_array(public.get_workflow(current_setting('test.id')::uuid), '$.timeline[*].event')
    @> '["super_id.minted", "job.created", "event.product.updated"]',
  'the orchestrator reads the whole story'
);

select tests.act_as('ada');
select set_config('request.headers', jsonb_build_object('x-super-id', gen_random_uuid())::text, true);
select tests.refuses(
  $$ select public.create_ingestion_job('products') $$, 400, 'invalid-input', 'an id nobody recorded is refused'
);
select is(
  tests.problem_of($$ select public.create_ingestion_job('products') $$) #>> '{errors,0,pointer}', '/X-Super-Id',
  'and the header named'
);
select set_config('request.headers', '{"x-super-id": "nonsense"}', true);
select tests.refuses($$ select public.create_ingestion_job('products') $$, 400, 'invalid-input', 'so is what is no id');
select tests.reset_role();
select set_config('app.request', jsonb_build_object('super_id', current_setting('test.id'))::text, true);
select is(app.given_super_id()::text, current_setting('test.id'), 'our own functions pass it on alike');

select * from finish();
rollback;
