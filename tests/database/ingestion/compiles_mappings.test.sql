-- Columns find their fields: what a person said first, then the dictionary; the barcode is the identity when nothing else is.
begin;
select plan(14);
select tests.create_vendor('acme');
select tests.create_member('olga', 'acme', 'vendor_operator');

create function pg_temp.compiled(headers text[], requested jsonb default null) returns jsonb language sql as $$
  select app.compile_ingest_mapping(tests.vendor_id('acme'), 'products', headers, requested) -> 'fields'
$$;
create function pg_temp.columns_of(fields jsonb, field text) returns text[] language sql as $$
  select array(select c ->> 'header' from jsonb_array_elements(fields -> field) as c)
$$;

select is(pg_temp.columns_of(pg_temp.compiled('{sku,name,ean}'), 'external_id'), '{sku}', 'an identity column is found');
select is(pg_temp.columns_of(pg_temp.compiled('{ean,name}'), 'external_id'), '{ean}', 'else the barcode identifies');
select is(pg_temp.compiled('{colour,name}') ? 'external_id', false, 'and without either nothing does');
select is(
  pg_temp.columns_of(pg_temp.compiled('{sku,category_id,category}'), 'category'), '{category,category_id}',
  'columns of the catalogue''s own tables are known by their names, words before ids'
);
select is(
  pg_temp.columns_of(pg_temp.compiled('{energy_100g,energy-kcal_100g}'), 'nutrition_100g.calories'), '{energy-kcal_100g,energy_100g}',
  'several columns answer one field, the surest first'
);

select tests.act_as('olga');
select is((public.put_ingest_mapping('products', '{"Our Code": {"field": "external_id", "ops": ["trim"]}, "ean": null}')) ->> 'version', '1',
  'a vendor saves a mapping');
select is((public.put_ingest_mapping('products', '{"Our Code": {"field": "external_id", "ops": ["trim"]}, "ean": null}')) ->> 'version', '1',
  'the same again is no new version');
select is((public.put_ingest_mapping('products', '{"our code": {"field": "external_id"}, "ean": null}')) ->> 'version', '2', 'a change is');
select tests.refuses($$select public.put_ingest_mapping('products', '{"a": {"field": "b"}}')$$, 400, 'invalid-input', 'unknown fields are refused');
select tests.refuses($$select public.put_ingest_mapping('products', '{"a": {"field": "name", "ops": ["explode"]}}')$$, 400, 'invalid-input', 'unknown operations too');
select tests.reset_role();

select is(pg_temp.columns_of(pg_temp.compiled('{sku,OUR_CODE,name,ean}'), 'external_id'), '{OUR_CODE}',
  'the saved mapping goes before the dictionary, however the header is written');
select is(pg_temp.compiled('{sku,OUR_CODE,name,ean}') ? 'barcode', false, 'a column mapped to null is left out');
select is(
  pg_temp.columns_of(pg_temp.compiled('{sku,OUR_CODE,name}', '{"name": {"field": "external_id"}}'), 'external_id'), '{name}',
  'what comes with the upload goes before both'
);
select is(
  (pg_temp.compiled('{sku,name}') -> 'name' -> 0) ?& array['confidence', 'reason', 'ops', 'position'], true, 'and each choice says how sure it is and why'
);
select * from finish();
rollback;
