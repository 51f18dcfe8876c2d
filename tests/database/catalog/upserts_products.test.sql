-- upsert_products: partial items, exact counts, one error for each fault, nothing moved by what says nothing new.
begin;
select plan(39);
select tests.create_member('olga', 'acme', 'vendor_operator');
select tests.act_as('olga');

create temporary table answers (step text, answer jsonb);
create function pg_temp.upsert(step text, items jsonb) returns jsonb language sql as $$
  insert into answers values (step, public.upsert_products(items)) returning answer
$$;
create function pg_temp.stored(external_id text) returns jsonb language sql as $$
  select public.get_product(extensions.uuid_generate_v5(app.current_vendor_id(), external_id))
$$;
create function pg_temp.errors_of(items jsonb) returns text[] language sql as $$
  select array_agg(e ->> 'pointer' || ' ' || (e ->> 'code') order by e ->> 'pointer')
  from jsonb_array_elements(public.upsert_products(items) -> 'errors') as e
$$;

select is(
  pg_temp.upsert('first', '[
    {"external_id": "a", "name": "Oat drink", "brand": "Häfi", "price": 3.5, "allergens": ["Gluten"], "may_contain": ["soya"],
     "nutrition": {"calories": 45, "protein_g": 1.1}, "images": ["https://x.test/1.png"]},
    {"external_id": "b", "name": "Bread", "price": "2.00", "currency": "EUR", "status": "inactive"}
  ]') - 'catalog_version',
  '{"received": 2, "inserted": 2, "updated": 0, "unchanged": 0, "failed": 0, "errors": []}',
  'inserts new products'
);
select is(
  pg_temp.stored('a') - array['created_at', 'updated_at', 'vendor_id', 'id'],
  '{"external_id": "a", "barcode": null, "gtin_type": null, "name": "Oat drink", "brand": "Häfi", "description": null,
    "short_description": null, "category_id": null, "sub_category_id": null, "cuisine_id": null, "market_id": null,
    "nutrition": {"calories": 45, "protein_g": 1.1}, "nutrition_basis": "serving", "serving_size": null,
    "package_weight": null, "price": "3.50", "currency": "USD", "status": "active", "ingredients": null,
    "dietary_tags": null, "allergens": ["gluten"], "may_contain": ["soybeans"], "free_from": null,
    "certifications": null, "regulatory_codes": null, "source_url": null,
    "images": [{"url": "https://x.test/1.png", "alt": null}]}'::jsonb,
  'answers with every field, codes for words, money as a string'
);
select matches(pg_temp.stored('a') ->> 'updated_at', '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$', 'times are RFC 3339 in UTC');

create temporary table before as select pg_temp.stored('a') as a, (select v.catalog_version from public.vendors as v) as version;
select is(
  pg_temp.upsert('again', '[
    {"external_id": "a", "name": "Oat drink", "brand": "Häfi", "price": 3.5, "allergens": ["Gluten"], "may_contain": ["soya"],
     "nutrition": {"calories": 45, "protein_g": 1.1}, "images": ["https://x.test/1.png"]},
    {"external_id": "b", "name": "Bread", "price": "2.00", "currency": "EUR", "status": "inactive"}
  ]') ->> 'unchanged',
  '2', 'the same batch again is unchanged'
);
select is(
  pg_temp.upsert('other words', '[{"external_id": "a", "price": "3.50", "allergens": ["en:gluten"], "nutrition": {"protein_g": 1.10, "calories": 45.0}}]') ->> 'unchanged',
  '1', 'so is another notation of the same values'
);
select is(pg_temp.stored('a'), (select a from before), 'and updated_at stays');
select is((select v.catalog_version from public.vendors as v), (select version from before), 'and so does catalog_version');

select is(pg_temp.upsert('partial', '[{"external_id": "a", "price": "4.00"}]') ->> 'updated', '1', 'an item may be partial');
select is(pg_temp.stored('a') ->> 'price', '4.00', 'what it says is stored');
select is(pg_temp.stored('a') ->> 'brand', 'Häfi', 'what it leaves out stays');
select is((pg_temp.upsert('partial again', '[{"external_id": "a", "price": "4.00"}]')) ->> 'unchanged', '1', 'a partial item again is unchanged');
select cmp_ok((select v.catalog_version from public.vendors as v), '=', (select version + 1 from before), 'catalog_version moved once');
select is(
  (select answer -> 'catalog_version' from answers where step = 'partial'),
  (select to_jsonb(v.catalog_version) from public.vendors as v), 'the answer carries catalog_version'
);
select is(pg_temp.upsert('null', '[{"external_id": "a", "brand": null, "images": null, "allergens": []}]') ->> 'updated', '1', 'null clears');
select is(
  pg_temp.stored('a') - (select array_agg(k) from jsonb_object_keys(pg_temp.stored('a')) as k where k not in ('brand', 'images', 'allergens')),
  '{"brand": null, "images": [], "allergens": []}', 'brand and images are gone; no allergens is not unknown allergens'
);
select is(pg_temp.upsert('images', '[{"external_id": "a", "images": [{"url": "https://x.test/2.png", "alt": "Pack"}, "https://x.test/3.png"]}]') ->> 'updated', '1', 'pictures alone are a change');
select is(
  pg_temp.stored('a') -> 'images',
  '[{"url": "https://x.test/2.png", "alt": "Pack"}, {"url": "https://x.test/3.png", "alt": null}]', 'pictures keep their order'
);

select is(
  pg_temp.upsert('twice', '[{"external_id": "c", "name": "First"}, {"external_id": "c", "name": "Last"}]') - 'catalog_version',
  '{"received": 2, "inserted": 1, "updated": 0, "unchanged": 0, "failed": 1, "errors": [
    {"index": 0, "external_id": "c", "pointer": "/items/0/external_id", "code": "superseded",
     "detail": "A later row has the same external_id; that one counts."}]}',
  'of one external_id twice the last is applied, the earlier reported and counted as failed'
);
select is(pg_temp.stored('c') ->> 'name', 'Last', 'the last one');

select is(
  pg_temp.errors_of('[
    {"external_id": "x0", "name": "n", "price": "1.234"}, {"external_id": "x1", "name": "n", "price": "NaN"},
    {"external_id": "x2", "name": "n", "price": -1}, {"external_id": "x3", "name": "n", "price": "1e3"},
    {"external_id": "x4", "name": "n", "price": 99999999999}, {"external_id": "x5", "name": "n", "currency": "usd"},
    {"external_id": "x6", "name": "n", "currency": "XYZ"}, {"external_id": "x7", "name": "n", "status": "gone"},
    {"external_id": "x8", "name": "n", "source_url": "ftp://x"}, {"external_id": "x9", "name": "n", "barcode": "036000291453"}
  ]'),
  array[
    '/items/0/price invalid_price', '/items/1/price invalid_price', '/items/2/price invalid_price',
    '/items/3/price invalid_price', '/items/4/price invalid_price', '/items/6/currency invalid_currency',
    '/items/7/status invalid_status', '/items/8/source_url invalid_url', '/items/9/barcode barcode_invalid'
  ],
  'values that cannot be are refused by name'
);
select is(
  pg_temp.errors_of('[
    {"name": "no key"}, {"external_id": "  ", "name": "n"}, {"external_id": "y2"}, {"external_id": "y3", "name": " "},
    {"external_id": "y4", "name": null}, {"external_id": 5, "name": "n"}, "text",
    {"external_id": "y7", "name": "n", "foo/bar": 1, "id": "z"},
    {"external_id": "y8", "name": "n", "allergens": "milk"}, {"external_id": "y9", "name": "n", "dietary_tags": ["vegan", 7]}
  ]'),
  array[
    '/items/0/external_id required', '/items/1/external_id required', '/items/2/name required', '/items/3/name required',
    '/items/4/name required', '/items/5/external_id invalid_type', '/items/6 invalid_type',
    '/items/7/foo~1bar unknown_field', '/items/7/id read_only', '/items/8/allergens invalid_type',
    '/items/9/dietary_tags/1 invalid_type'
  ],
  'shapes that cannot be are refused by name'
);
select is(
  pg_temp.errors_of('[
    {"external_id": "z0", "name": "n", "allergens": ["moonstone"]}, {"external_id": "z1", "name": "n", "category": "moonstone"},
    {"external_id": "z2", "name": "n", "category_id": "nonsense", "cuisine_id": "nonsense", "market": "nonsense"},
    {"external_id": "z3", "name": "n", "nutrition": {"moonstone": 1, "protein_g": -1, "fat_g": "2"}},
    {"external_id": "z4", "name": "n", "nutrition_basis": "cup"}, {"external_id": "z5", "name": "n", "images": [{"url": "x"}]}
  ]'),
  array[
    '/items/0/allergens unknown_allergen', '/items/1/category unknown_category',
    '/items/2/category_id unknown_category', '/items/2/cuisine_id unknown_cuisine', '/items/2/market unknown_market',
    '/items/3/nutrition/fat_g invalid_type', '/items/3/nutrition/moonstone unknown_nutrient',
    '/items/3/nutrition/protein_g invalid_nutrition', '/items/4/nutrition_basis invalid_nutrition_basis',
    '/items/5/images invalid_image'
  ],
  'so are words that no dictionary knows'
);
select is(
  (select count(*) from public.products where external_id ~ '^[xyz]\d' and external_id <> 'x5'), 0::bigint,
  'nothing of them was stored'
);
select is(pg_temp.stored('x5') ->> 'currency', 'USD', 'a currency in lower case is one');
select is(
  pg_temp.errors_of(format('[{"external_id": "%s", "name": "n"}, {"external_id": "l1", "name": "%s"}]', repeat('k', 256), repeat('n', 501))::jsonb),
  array['/items/0/external_id too_long', '/items/1/name too_long'], 'lengths are bounded'
);

select is(
  (tests.problem_of($$ select public.upsert_products('[{"external_id": "q1", "name": "good"}, {"external_id": "q2"}]', atomic => true) $$)
    #- '{errors,0,detail}'::text[]) - array['detail', 'hint'],
  '{"status": 400, "type": "invalid-items", "errors": [{"index": 1, "external_id": "q2", "pointer": "/items/1/name", "code": "required"}]}',
  'atomic refuses all for one'
);
select is((select count(*) from public.products where external_id = 'q1'), 0::bigint, 'and stores nothing');
select is(public.upsert_products('[{"external_id": "q1", "name": "good"}]', atomic => true) ->> 'inserted', '1', 'atomic with good items applies them');
select tests.refuses($$ select public.upsert_products('[]') $$, 400, 'invalid-input', 'an empty batch is refused, as over HTTP');
select tests.refuses($$ select public.upsert_products('{}') $$, 400, 'invalid-input', 'items must be a list');
select tests.refuses(
  $$ select public.upsert_products((select jsonb_agg(jsonb_build_object('external_id', i)) from generate_series(1, 10001) as i)) $$,
  400, 'invalid-input', 'of at most 10,000'
);

select lives_ok($$ select public.delete_product((pg_temp.stored('a') ->> 'id')::uuid) $$, 'a product can be deleted');
select is(public.upsert_products('[{"external_id": "a", "name": "Reborn"}]') ->> 'updated', '1', 'an upsert brings it back, as an update');
select is(
  (pg_temp.stored('a') ->> 'name', pg_temp.stored('a') ->> 'price', pg_temp.stored('a') -> 'images')::text,
  ('Reborn'::text, null::text, '[]'::jsonb)::text, 'without the values it had'
);
select is(
  (select array_agg(s.source || ' ' || coalesce(s.ingestion_job_id::text, '-')) from public.product_sources as s where s.product_id = (pg_temp.stored('a') ->> 'id')::uuid),
  array['api -'], 'lineage has one row a product and kind of source'
);
select tests.reset_role();
select is((select count(*) from public.stg_products), 0::bigint, 'staging is empty again');
select is(
  (select count(*) from public.products as p where p.id <> extensions.uuid_generate_v5(p.vendor_id, p.external_id)), 0::bigint,
  'ids derive from vendor and external_id'
);

-- Words are counted anew after much change, but not by a call while a job is at work, whose end counts them.
create function pg_temp.changes_after(job_is_at_work boolean, name text) returns bigint language plpgsql as $$
begin
  update app.catalog_statistics set changes = 6000 where vendor_id = tests.vendor_id('acme');
  insert into public.ingestion_jobs (vendor_id, mode, status, super_id, started_at)
  select tests.vendor_id('acme'), 'products', 'running', gen_random_uuid(), now() where job_is_at_work;
  perform public.upsert_products(jsonb_build_array(jsonb_build_object('external_id', 'counted', 'name', changes_after.name)))
  from (select tests.act_as('olga')) as olga;
  perform tests.reset_role();
  return (select s.changes from app.catalog_statistics as s where s.vendor_id = tests.vendor_id('acme'));
end;
$$;
grant execute on function pg_temp.changes_after to public;
select is(pg_temp.changes_after(false, 'One'), 0::bigint, 'after much change a call counts the words');
select is(pg_temp.changes_after(true, 'Two'), 6001::bigint, 'unless a job is at work');

select * from finish();
rollback;
