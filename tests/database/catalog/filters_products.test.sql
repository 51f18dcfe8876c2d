-- Filters of search_products, above all allergens.none: what is not known to be free is not shown.
begin;
select plan(33);
select tests.create_member('olga', 'acme', 'vendor_operator');
insert into public.tax_categories (id, vendor_id, code, label)
values ('00000000-0000-4000-8000-00000000000a', tests.vendor_id('acme'), 'dough', 'Dough');
insert into public.tax_categories (id, vendor_id, code, label, parent_id)
values ('00000000-0000-4000-8000-00000000000b', tests.vendor_id('acme'), 'pizza_dough', 'Pizza dough', '00000000-0000-4000-8000-00000000000a');
select tests.act_as('olga');
select public.upsert_products('[
  {"external_id": "unknown", "name": "p"},
  {"external_id": "none", "name": "p", "allergens": []},
  {"external_id": "milk", "name": "p", "allergens": ["milk"]},
  {"external_id": "traces", "name": "p", "allergens": [], "may_contain": ["milk"]},
  {"external_id": "wheat", "name": "p", "allergens": ["wheat"]},
  {"external_id": "gluten", "name": "p", "allergens": ["gluten"]},
  {"external_id": "barley", "name": "p", "allergens": ["gluten"], "free_from": ["wheat"]},
  {"external_id": "free", "name": "p", "free_from": ["gluten"]},
  {"external_id": "contradicts", "name": "p", "allergens": ["milk"], "free_from": ["milk"]}
]');
select tests.reset_role();
insert into public.products (vendor_id, id, external_id, name, allergens)
select v, extensions.uuid_generate_v5(v, 'odd'), 'odd', 'p', '{other:moonstone}' from tests.vendor_id('acme') as v;
insert into public.products (vendor_id, id, external_id, name, allergens, may_contain, free_from)
select v, extensions.uuid_generate_v5(v, 'odd traces'), 'odd traces', 'p', '{}', '{other:moonstone}', '{milk}' from tests.vendor_id('acme') as v;
select tests.act_as('olga');

create function pg_temp.free_of(variadic codes text[]) returns text[] language sql as $$
  select array_agg(d ->> 'external_id' order by d ->> 'external_id')
  from jsonb_array_elements(public.search_products(allergens_none => codes) -> 'data') as d
$$;
select is(
  pg_temp.free_of('milk'), array['barley', 'gluten', 'none', 'odd traces', 'wheat'],
  'unknown, contained, possible and odd are all out; declared free is in, unless it contradicts itself'
);
select is(
  pg_temp.free_of('gluten'), array['contradicts', 'free', 'milk', 'none', 'traces'], 'wheat is gluten'
);
select is(
  pg_temp.free_of('wheat'), array['barley', 'contradicts', 'free', 'milk', 'none', 'traces'],
  'gluten may be wheat unless it says it is not; free from gluten is free from wheat'
);
select is(pg_temp.free_of('milk', 'gluten'), array['none'], 'several allergens must all be absent');
select tests.reset_role();
-- The vendor's own words for two of the platform's allergens, outside its tree, and one below them.
insert into public.tax_allergens (vendor_id, code, label)
values (tests.vendor_id('acme'), 'gluten', 'Cereals'), (tests.vendor_id('acme'), 'wheat', 'Wheat flour');
insert into public.tax_allergens (vendor_id, code, label, parent_id)
select tests.vendor_id('acme'), 'spelt', 'Spelt', a.id from public.tax_allergens as a
where a.code = 'wheat' and a.vendor_id = tests.vendor_id('acme');
select tests.act_as('olga');
select public.upsert_products('[{"external_id": "spelt", "name": "p", "allergens": ["spelt"]}]');
select is(
  pg_temp.free_of('gluten'), array['contradicts', 'free', 'milk', 'none', 'traces'],
  'a vendor''s own terms take nothing out of the tree: spelt is wheat is gluten'
);
select is(
  pg_temp.free_of('spelt'), array['barley', 'contradicts', 'free', 'milk', 'none', 'traces'],
  'gluten and wheat may be spelt; free from wheat is free from spelt'
);
select public.delete_product((select p.id from public.products as p where p.external_id = 'spelt'));
select is(pg_temp.free_of('MILK', 'en:milk', 'dairy'), pg_temp.free_of('milk'), 'synonyms are understood');
select public.upsert_products('[
  {"external_id": "prawn", "name": "p", "allergens": ["crustaceans"]}, {"external_id": "mussel", "name": "p", "allergens": [], "may_contain": ["molluscs"]},
  {"external_id": "seafood", "name": "p", "allergens": ["shellfish"]}, {"external_id": "harmless", "name": "p", "free_from": ["shellfish"]}
]');
create function pg_temp.is_free(code text) returns text[] language sql as $$
  select array(select k from unnest(pg_temp.free_of(code)) as k where k in ('prawn', 'mussel', 'seafood', 'harmless') order by k)
$$;
select is(pg_temp.is_free('shellfish'), array['harmless'], 'no shellfish is no crustaceans and no molluscs');
select is(pg_temp.is_free('crustaceans'), array['harmless', 'mussel'], 'shellfish may be crustaceans');
select is(pg_temp.is_free('molluscs'), array['harmless', 'prawn'], 'or molluscs');
select public.delete_product(p.id) from public.products as p where p.external_id in ('prawn', 'mussel', 'seafood', 'harmless');
select is(
  tests.problem_of($$ select public.search_products(allergens_none => '{milk,moonstone}') $$) #> '{errors,0}' ->> 'code',
  'unknown_allergen', 'an allergen nobody knows is refused, never ignored'
);
select is(
  (select array_agg(d ->> 'external_id' order by d ->> 'external_id') from jsonb_array_elements(public.search_products('p', allergens_none => '{milk}') -> 'data') as d),
  pg_temp.free_of('milk'), 'with words the same'
);
select ok(
  not exists (
    select from unnest(array['peanuts', 'eggs', 'fish', 'soybeans', 'sesame', 'celery', 'mustard', 'lupin', 'molluscs', 'sulphites', 'tree_nuts']) as a (code)
    where 'unknown' = any (pg_temp.free_of(a.code)) or 'odd' = any (pg_temp.free_of(a.code))
  ), 'nothing unknown is free of anything'
);

select public.upsert_products('[
  {"external_id": "t1", "name": "t", "dietary_tags": ["vegan", "Organic"], "brand": "L''Été & Co", "category": "pizza dough"},
  {"external_id": "t2", "name": "t", "dietary_tags": ["kosher"], "brand": "lete", "category_id": "00000000-0000-4000-8000-00000000000a", "status": "inactive"},
  {"external_id": "t3", "name": "t", "dietary_tags": [], "brand": "L''ete  & CO", "sub_category": "pizza_dough"}
]');
create function pg_temp.keys(answer jsonb) returns text[] language sql as $$
  select array_agg(d ->> 'external_id' order by d ->> 'external_id') from jsonb_array_elements(answer -> 'data') as d
$$;
select is(pg_temp.keys(public.search_products(tags_any => '{vegan,kosher}')), array['t1', 't2'], 'any of the tags');
select is(pg_temp.keys(public.search_products(tags_any => '{ORGANIC}')), array['t1'], 'in any notation');
select is(pg_temp.keys(public.search_products(tags_any => '{moonstone}')), null, 'an unknown tag finds nothing');
select is(pg_temp.keys(public.search_products('t', tags_any => '{}')), array['t1', 't2', 't3'], 'no tags is no filter');
select is(pg_temp.keys(public.search_products(brand => 'l''été & co')), array['t1', 't3'], 'brand without case and accents, whole');
select is(pg_temp.keys(public.search_products(brand => 'l''été')), null, 'not part of it');
select is(pg_temp.keys(public.search_products(category_id => '00000000-0000-4000-8000-00000000000b')), array['t1', 't3'], 'category or sub-category');
select is(pg_temp.keys(public.search_products(category_id => '00000000-0000-4000-8000-00000000000a')), array['t1', 't2', 't3'], 'and what is below it');
select is(pg_temp.keys(public.search_products(category_id => gen_random_uuid())), null, 'a strange category finds nothing');
select is(pg_temp.keys(public.search_products('t', status => 'active')), array['t1', 't3'], 'active only');
select is(pg_temp.keys(public.search_products('t', status => 'inactive')), array['t2'], 'inactive only');
select is(
  pg_temp.keys(public.search_products(updated_after => (select max(p.updated_at) from public.products as p where p.name = 'p'))),
  array['t1', 't2', 't3'], 'changed after a time'
);
select is(
  pg_temp.keys(public.search_products('t', brand => 'l''ete & co', tags_any => '{vegan}', category_id => '00000000-0000-4000-8000-00000000000b', status => 'active')),
  array['t1'], 'filters add up'
);
select public.patch_product((select p.id from public.products as p where p.external_id = 't1'), '{"brand": "New", "category": null, "dietary_tags": null}');
select is(pg_temp.keys(public.search_products(brand => 'l''ete & co')), array['t3'], 'facets follow a patch');
select is(pg_temp.keys(public.search_products(brand => 'new')), array['t1'], 'to the new value');
select tests.refuses($$ select public.search_products(allergens_none => array[null]) $$, 400, 'invalid-input', 'null is no allergen, and never no filter');
select tests.refuses($$ select public.search_products(tags_any => array['vegan', null]) $$, 400, 'invalid-input', 'nor a tag');

select tests.reset_role();
select tests.refuses($$ delete from public.tax_categories where code = 'pizza_dough' and vendor_id is not null $$, 409, 'in-use', 'a category in use cannot be removed');
select lives_ok($$ insert into public.tax_categories (vendor_id, code, label) values (tests.vendor_id('acme'), 'unused', 'Unused') $$, 'one that is not');
select lives_ok($$ delete from public.tax_categories where code = 'unused' and vendor_id is not null $$, 'can');

select * from finish();
rollback;
