-- patch_product and delete_product: the rules of the merge for one product, and 404 for what is not there.
begin;
select plan(16);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('vera', 'acme', 'vendor_viewer');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "a", "name": "Oat drink", "brand": "Häfi", "price": 3.5, "barcode": "96385074"},
  {"external_id": "b", "name": "Bread"}]');
create temporary table ids as select p.external_id, p.id from public.products as p;
grant select on ids to public;
create function pg_temp.id_of(external_id text) returns uuid language sql as $$ select i.id from ids as i where i.external_id = id_of.external_id $$;

select is(public.patch_product(pg_temp.id_of('a'), '{"price": 4, "brand": null}') ->> 'price', '4.00', 'answers the product as it is now');
select is(public.get_product(pg_temp.id_of('a')) ->> 'brand', null, 'null clears');
select is(public.get_product(pg_temp.id_of('a')) ->> 'barcode', '96385074', 'the rest stays');
create temporary table before as select public.get_product(pg_temp.id_of('a')) as a;
select is(public.patch_product(pg_temp.id_of('a'), '{}'), (select a from before), 'an empty patch changes nothing');
select is(public.patch_product(pg_temp.id_of('a'), '{"external_id": "a"}'), (select a from before), 'the same external_id may be sent');
select tests.refuses(format($$ select public.patch_product(%L, '{"external_id": "z"}') $$, pg_temp.id_of('a')), 400, 'invalid-input', 'another may not');
select is(
  tests.problem_of(format($$ select public.patch_product(%L, '{"price": -1, "foo": 1, "name": null, "barcode": "96385074"}') $$, pg_temp.id_of('b')))
    -> 'errors' @> '[{"pointer": "/foo", "code": "unknown_field"}]',
  true, 'faults are named from the root of the patch'
);
select is(
  tests.problem_of(format($$ select public.patch_product(%L, '{"barcode": "96385074"}') $$, pg_temp.id_of('b'))) #> '{errors,0}' ->> 'code',
  'barcode_taken', 'a taken barcode is a problem, too'
);
select tests.refuses(format($$ select public.patch_product(%L, '[]') $$, pg_temp.id_of('a')), 400, 'invalid-input', 'a patch is an object');
select tests.refuses($$ select public.patch_product(gen_random_uuid(), '{"price": 1}') $$, 404, 'not-found', 'no product, no patch');
select is(public.get_product(pg_temp.id_of('a')), (select a from before), 'refused patches leave the product alone');

select lives_ok(format('select public.delete_product(%L)', pg_temp.id_of('a')), 'deletes');
select tests.refuses(format('select public.delete_product(%L)', pg_temp.id_of('a')), 404, 'not-found', 'the second time there is nothing');
select tests.refuses(format('select public.get_product(%L)', pg_temp.id_of('a')), 404, 'not-found', 'nor to get');
select is((select count(*) from public.products as p where p.external_id = 'a'), 0::bigint, 'nor to read');
select is(jsonb_array_length(public.search_products() -> 'data'), 1, 'nor to find');

select * from finish();
rollback;
