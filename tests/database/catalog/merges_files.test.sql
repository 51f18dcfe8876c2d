-- The merge of a file's rows: what can be left out is left out and told, what identifies a product is never guessed, and the
-- totals count what was applied.
begin;
select plan(25);
select tests.create_vendor('acme');

create function pg_temp.stage(rows jsonb) returns uuid language plpgsql as $$
declare
  v_batch_id uuid := gen_random_uuid();
begin
  insert into public.stg_products
  select r.* from jsonb_array_elements(rows) with ordinality as e (item, place)
  cross join lateral jsonb_populate_record(
    null::public.stg_products,
    e.item || jsonb_build_object('batch_id', v_batch_id, 'row_no', e.place, 'vendor_id', tests.vendor_id('acme'))
  ) as r;
  return v_batch_id;
end
$$;
create function pg_temp.merge(rows jsonb, fields text[] default null) returns jsonb language sql as $$
  select app.merge_staged_products(pg_temp.stage(rows), 'file', fields)
$$;
create function pg_temp.codes(answer jsonb) returns text[] language sql as $$
  select array_agg(e ->> 'row_no' || ' ' || (e ->> 'pointer') || ' ' || (e ->> 'code') || case when e ? 'applied' then ' applied' else '' end
    order by (e ->> 'row_no')::int, e ->> 'pointer')
  from jsonb_array_elements(answer -> 'errors') as e
$$;
create function pg_temp.stored(external_id text) returns public.products language sql as $$
  select p from public.products as p where p.vendor_id = tests.vendor_id('acme') and p.external_id = stored.external_id
$$;

create temporary table first as select pg_temp.merge('[
  {"external_id": "1", "name": "Kept", "barcode": "3.25E+12"},
  {"external_id": "2", "name": "Kept", "barcode": "12345"},
  {"external_id": "3.25E+12", "name": "Lost"},
  {"external_id": "4", "name": "Kept", "category": "Lunar Snacks", "sub_category": "Chips & Co."},
  {"external_id": "5", "name": "Kept", "category": "lunar  snacks", "allergens": ["en:milk", "Moonstone"], "may_contain": ["Nüsse vom Mond"]},
  {"external_id": "6", "name": "Kept", "source_url": "nowhere", "images": [{"url": "nowhere"}], "dietary_tags": ["Vegan", "Heart Healthy"]},
  {"external_id": "7", "name": "Lost", "price": "3,50 kr"},
  {"external_id": "8", "name": "Earlier"},
  {"external_id": "8", "name": "Later"}
]') as answer;
select is(
  (select answer - array['errors', 'catalog_version'] from first),
  '{"received": 9, "inserted": 6, "updated": 0, "unchanged": 0, "failed": 3}', 'failed counts the rows that were not applied'
);
select is(
  (select pg_temp.codes(answer) from first),
  array[
    '1 /barcode barcode_damaged applied', '2 /barcode barcode_invalid applied', '3 /external_id barcode_damaged',
    '6 /images invalid_image applied', '6 /source_url invalid_url applied', '7 /price invalid_price',
    '8 /external_id superseded'
  ], 'every fault is reported, those that cost only a field as applied'
);
select is((pg_temp.stored('1')).barcode, null, 'a damaged barcode is not stored');
select is((pg_temp.stored('8')).name, 'Later', 'the last line of a key wins');
select is((pg_temp.stored('4')).category_id, (pg_temp.stored('5')).category_id, 'one label, one category');
select results_eq(
  $$ select t.code, t.label from public.tax_categories as t where t.vendor_id = tests.vendor_id('acme') order by 1 $$,
  $$ values ('chips_co', 'Chips & Co.'), ('lunar_snacks', 'Lunar Snacks') $$, 'unknown categories become the vendor''s own'
);
select is((pg_temp.stored('5')).allergens, array['milk', 'other:moonstone'], 'an allergen nobody knows is kept as other');
select is((pg_temp.stored('5')).may_contain, array['other:nusse_vom_mond'], 'among traces as well');
select ok((pg_temp.stored('5')).search_tsv @@ '''a=?''', 'and makes the evidence incomplete');
select is((pg_temp.stored('6')).dietary_tags, array['heart_healthy', 'vegan'], 'tags are open');

-- Columns of the file.
select pg_temp.merge('[{"external_id": "f", "name": "File", "brand": "B", "description": "D", "barcode": "96385074"}]');
select is(
  pg_temp.merge('[{"external_id": "f", "name": "File", "brand": null}]', '{name,brand}') -> 'updated', '1',
  'an empty cell of a mapped column is a change'
);
select is(((pg_temp.stored('f')).brand, (pg_temp.stored('f')).description)::text, (null::text, 'D'::text)::text, 'it clears; other fields stay');
select is(
  pg_temp.merge('[{"external_id": "f", "name": "File", "brand": null}]', '{name,brand}') -> 'unchanged', '1', 'once'
);
select is(pg_temp.merge('[{"external_id": "f", "description": "E"}]') -> 'updated', '1', 'without a list of fields, values given count');
select is((pg_temp.stored('f')).name, 'File', 'and nothing else');
select is(
  pg_temp.codes(pg_temp.merge('[{"external_id": "f", "barcode": "9.6E+07"}]', '{barcode}')), array['1 /barcode barcode_damaged applied'],
  'a damaged barcode of a known product is told'
);
select is((pg_temp.stored('f')).barcode, '96385074', 'and the stored one stays');
select is(
  pg_temp.codes(pg_temp.merge('[{"external_id": "g", "name": "G", "barcode": "96385074"}]')), array['1 /barcode barcode_taken applied'],
  'a taken barcode is left out'
);
select is((pg_temp.stored('g')).name, 'G', 'and the row kept');
select is(
  pg_temp.merge('[{"external_id": "h", "name": ""}, {"external_id": "i"}]') -> 'failed', '2', 'a new product needs a name'
);
-- Evidence in whole phrases.
select pg_temp.merge('[{"external_id": "w", "name": "Words", "allergens": ["Contains: Nuts (almonds)", "milk & eggs"],
  "may_contain": ["May contain: soy / sesame"], "free_from": ["fish and crustaceans", "nuts (but almonds)", "may contain milk"]}]');
select is((pg_temp.stored('w')).allergens, '{eggs,milk,tree_nuts}', 'phrases of allergens are taken apart');
select is((pg_temp.stored('w')).may_contain, '{sesame,soybeans}', 'those of traces as well');
select is(
  (pg_temp.stored('w')).free_from, '{crustaceans,fish,other:may_contain_milk,other:nuts_but_almonds}',
  'being free of something is promised only where all of it is understood'
);
select is((select count(*) from public.stg_products), 0::bigint, 'staging is empty again');
select is(
  (select array_agg(distinct s.source || ' ' || s.source_ref) from public.product_sources as s where s.product_id = (pg_temp.stored('4')).id),
  array['csv 4'], 'lineage names the line'
);

select * from finish();
rollback;
