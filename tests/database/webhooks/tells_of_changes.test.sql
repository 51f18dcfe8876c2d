-- Changes put events into the outbox: products by change set, jobs once, members, vendors.
begin;
select plan(14);

select tests.create_member('ada', 'acme', 'vendor_admin');
select is(
  (select data ->> 'role' from app.outbox where event_type = 'member.added'), 'vendor_admin', 'somebody came in'
);
create function pg_temp.told() returns setof app.outbox language sql volatile as $$
  with gone as (delete from app.outbox where vendor_id = tests.vendor_id('acme') returning *) select * from gone order by id
$$;
select count(*) from pg_temp.told();

select tests.act_as('ada');
select public.upsert_products('[{"external_id": "a", "name": "A"}, {"external_id": "b", "name": "B"}]');
select tests.reset_role();
select is(
  (select data - 'product_ids' from app.outbox where event_type = 'product.updated'),
  '{"count": 2, "inserted": 2, "updated": 0, "deleted": 0, "job_id": null, "catalog_version": 1}',
  'a batch is one event with counts'
);
select is(
  (select array_agg(p.id::text order by p.external_id) from public.products as p where vendor_id = tests.vendor_id('acme')),
  (select array(select jsonb_array_elements_text(data -> 'product_ids')) from pg_temp.told()), 'and ids'
);
select tests.act_as('ada');
select public.upsert_products('[{"external_id": "a", "name": "A"}, {"external_id": "b", "name": "B2"}]');
select public.upsert_products('[{"external_id": "a", "name": "A"}]');
select tests.reset_role();
select is(
  (select array_agg(data ->> 'updated') from pg_temp.told()), '{1}', 'what did not change is not told'
);
select tests.act_as('ada');
select public.delete_product((select p.id from public.products as p where p.external_id = 'a'));
select tests.reset_role();
select is((select data -> 'deleted' from pg_temp.told()), '1', 'a deletion is');
select tests.act_as('ada');
select public.upsert_products((select jsonb_agg(jsonb_build_object('external_id', n::text, 'name', n::text)) from generate_series(1, 1001) as n));
select tests.reset_role();
select is(
  (select (data -> 'count', data -> 'product_ids')::text from pg_temp.told()), '(1001,null)', 'large sets are told by count'
);

insert into public.ingestion_jobs (vendor_id, mode, status, step, super_id, totals)
values (tests.vendor_id('acme'), 'products', 'running', 'finalize', gen_random_uuid(), '{"inserted": 1500000, "updated": 500000}');
select app.touch_catalog(tests.vendor_id('acme'), 10);
select is((select count(*)::int from pg_temp.told()), 0, 'a job''s batches are not told one by one');
update public.ingestion_jobs set status = 'completed', step = 'done', finished_at = now();
select is(
  (select (event_type, data -> 'count', data -> 'inserted', super_id is not null)::text from pg_temp.told()),
  '(product.updated,2000000,1500000,t)', 'its end is, as one event'
);

select tests.create_member('ida', 'acme', 'vendor_viewer');
update public.user_links set role = 'vendor_operator' where user_id = tests.user_id('ida');
update public.user_links set updated_at = now() where user_id = tests.user_id('ida');
delete from public.user_links where user_id = tests.user_id('ida');
select is(
  (select array_agg(event_type || ' ' || (data ->> 'role')) from pg_temp.told()),
  '{member.added vendor_viewer,member.updated vendor_operator,member.removed vendor_operator}', 'members come, change, go'
);
update public.vendors set status = 'suspended' where id = tests.vendor_id('acme');
update public.vendors set catalog_version = catalog_version + 1 where id = tests.vendor_id('acme');
select is((select array_agg(data -> 'changed') from pg_temp.told())::text, '{"[\"status\"]"}', 'a vendor changes');
select lives_ok(
  $$ delete from public.vendors where id = tests.vendor_id('acme') $$, 'and can be removed with its members'
);
select is((select count(*)::int from app.outbox where vendor_id = tests.vendor_id('acme')), 0, 'which tells nobody');
select is_empty(
  $$ select e.code, f from app.event_types as e, unnest(e.fields) as f
     where f ~ '(health|condition|allerg|diet|weight|height|email|name|phone|dob)' and (e.code, f) <> ('vendor.updated', 'name') $$,
  'no event type lets health or personal data out'
);
select tests.create_vendor('shop');
select app.emit_event(
  tests.vendor_id('shop'), 'customer.updated',
  '{"count": 1, "customer_ids": ["c"], "change": "health", "full_name": "Ada", "health": {"conditions": ["diabetes"]},
    "weight_kg": 61}'
);
select is(
  (
    select p.payload -> 'data'
    from app.outbox as o
    cross join app.event_payloads(array[o]) as p
    where o.vendor_id = tests.vendor_id('shop') and o.event_type = 'customer.updated'
  ),
  '{"count": 1, "customer_ids": ["c"], "change": "health"}'::jsonb, 'and what else stands in an event stays here'
);
select * from finish();
rollback;
