-- A barcode has one owner per vendor, whatever its notation; a claim ends with the product or its barcode.
begin;
select plan(18);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.create_member('bert', 'beta', 'vendor_operator');
select tests.act_as('olga');

create function pg_temp.errors_of(items jsonb) returns jsonb language sql as $$
  select jsonb_agg(jsonb_build_array(e ->> 'pointer', e ->> 'code', e ->> 'detail') order by e ->> 'pointer')
  from jsonb_array_elements(public.upsert_products(items) -> 'errors') as e
$$;
create function pg_temp.owner_of(gtin14 text) returns text language sql as $$
  select p.external_id from public.product_barcodes as b join public.products as p on p.id = b.product_id
  where b.gtin14 = owner_of.gtin14
$$;

select is(pg_temp.errors_of('[{"external_id": "a", "name": "A", "barcode": "36000291452"}]'), null, 'a barcode is claimed');
select is((select p.barcode || ' ' || p.gtin_type from public.products as p), '036000291452 GTIN-12', 'its lost zero restored');
select is(
  pg_temp.errors_of('[{"external_id": "b", "name": "B", "barcode": "0036000291452"}]'),
  '[["/items/0/barcode", "barcode_taken", "The barcode belongs to the product with external_id a."]]',
  'another product cannot have it, in no notation, and is told who has it'
);
select is(
  pg_temp.errors_of('[{"external_id": "c", "name": "C", "barcode": "96385074"}, {"external_id": "d", "name": "D", "barcode": "96385074"}]'),
  '[["/items/1/barcode", "barcode_taken", "The barcode belongs to the product with external_id c."]]',
  'within a batch the first gets it'
);
select is(pg_temp.errors_of('[{"external_id": "a", "barcode": "4006381333931"}]'), null, 'a product may change its barcode');
select is(pg_temp.owner_of('00036000291452'), null, 'the old one is free');
select is(pg_temp.errors_of('[{"external_id": "b", "name": "B", "barcode": "036000291452"}]'), null, 'and can be taken');

select is(
  pg_temp.errors_of('[{"external_id": "a", "barcode": "036000291452"}, {"external_id": "b", "barcode": "4006381333931"}]'),
  null, 'two products may swap in one batch'
);
select is(
  array[pg_temp.owner_of('00036000291452'), pg_temp.owner_of('04006381333931')], array['a', 'b'], 'and then own each other''s'
);
-- c would free 96385074 by taking a's, which a does not give up: so neither c nor d can have what they ask for.
select is(
  (select array_agg(e ->> 0 || ' ' || (e ->> 1)) from jsonb_array_elements(pg_temp.errors_of(
    '[{"external_id": "c", "barcode": "036000291452"}, {"external_id": "d", "name": "D", "barcode": "96385074"}]'
  )) as e),
  array['/items/0/barcode barcode_taken', '/items/1/barcode barcode_taken'], 'a chain of claims falls with its head'
);
select is(pg_temp.owner_of('00000096385074'), 'c', 'and changes nothing');

select public.delete_product((select id from public.products where external_id = 'c'));
select is(pg_temp.errors_of('[{"external_id": "d", "name": "D", "barcode": "96385074"}]'), null, 'a deleted product owns nothing');
select is(pg_temp.errors_of('[{"external_id": "a", "name": "A"}]'), null, 'an item without the field keeps the barcode');

select tests.act_as('bert');
select is(pg_temp.errors_of('[{"external_id": "a", "name": "A", "barcode": "036000291452"}]'), null, 'another vendor has its own');

-- What the owner of the database removes by hand leaves its barcode and its lineage behind.
select tests.reset_role();
delete from public.products as p where p.vendor_id = (select v.id from public.vendors as v where v.code = 'beta');
select tests.act_as('bert');
select is(
  pg_temp.errors_of('[{"external_id": "z", "name": "Z", "barcode": "036000291452"}]'), null,
  'a barcode whose product is gone is free'
);
select is(pg_temp.owner_of('00036000291452'), 'z', 'and belongs to whoever comes next');
select is(
  public.upsert_products('[{"external_id": "a", "name": "A"}, {"external_id": "y", "name": "Y"}]') ->> 'inserted', '2',
  'and the product may come again, with others'
);
select tests.reset_role();
select is(
  (
    select array_agg(p.external_id order by p.external_id)
    from public.products as p
    join public.product_sources as s on s.vendor_id = p.vendor_id and s.product_id = p.id
    where p.vendor_id = tests.vendor_id('beta') and p.external_id in ('a', 'y')
  ), array['a', 'y'], 'each with its lineage'
);

select * from finish();
rollback;
