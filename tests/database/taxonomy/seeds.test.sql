-- The seeded vocabularies hold what the platform promises and fit together.
begin;
select plan(10);

select set_eq(
  'select code from public.tax_allergens where vendor_id is null',
  array['milk', 'eggs', 'fish', 'crustaceans', 'tree_nuts', 'peanuts', 'wheat', 'soybeans', 'sesame', 'gluten', 'celery',
    'mustard', 'lupin', 'molluscs', 'sulphites', 'shellfish'],
  'the allergens of the EU and of the US, and what stands above two of them'
);
select is(
  (select p.code from public.tax_allergens as a join public.tax_allergens as p on p.id = a.parent_id where a.code = 'wheat'),
  'gluten', 'wheat stands below gluten'
);
select ok(
  (select count(*) from public.tax_tags where code in ('vegan', 'vegetarian', 'gluten_free', 'dairy_free', 'lactose_free',
    'keto', 'paleo', 'halal', 'kosher', 'organic', 'low_sodium', 'low_sugar', 'sugar_free', 'high_protein', 'high_fiber',
    'low_fat', 'non_gmo', 'fair_trade', 'no_palm_oil')) = 19, 'the diets are there'
);
select is_empty(
  $$ select s.canonical from public.synonyms_value as s
     join app.taxonomy_kinds() as k on k.domain = s.domain
     where s.vendor_id is null and s.canonical not in ('none', 'unspecified')
       and not exists (
         select from app.synonym_index as i
         where i.space = 'value:' || s.domain and i.source = 'term' and i.canonical = s.canonical
       ) $$,
  'every synonym of a taxonomy stands for a term of it'
);
select is_empty(
  $$ select s.canonical, w.word
     from public.synonyms_value as s cross join lateral unnest(s.folded) as w (word)
     where s.domain = 'unit' and s.canonical not in ('iu', 'percent', 'piece')
       and (app.unit_scale(w.word)).factor is distinct from (app.unit_scale(app.fold_token(s.canonical))).factor $$,
  'every unit of the dictionary has the same size under each of its names'
);
select is_empty(
  $$ select canonical from public.synonyms_value where domain = 'nutrient' and canonical <> all(app.nutrient_keys())
     union select key from unnest(app.nutrient_keys()) as n (key)
     where not exists (select from public.synonyms_value where domain = 'nutrient' and canonical = n.key) $$,
  'every nutrient has names, and names no other'
);
select is_empty(
  $$ select mode, canonical from public.synonyms_header where not app.is_mapping_field(mode, canonical) $$,
  'header synonyms name fields that exist'
);
select is_empty(
  $$ select canonical from public.synonyms_header where app.operation_faults(transform_ops) <> '[]' $$,
  'and operations that can run'
);
select is(
  (select id from public.tax_allergens where code = 'milk'),
  extensions.uuid_generate_v5('6f64797a-7365-5079-8d74-61786f6e6f6d', 'allergens/milk'),
  'platform terms have the same id everywhere'
);
select lives_ok(
  $$ select app.seed_taxonomy_terms('allergens', 'milk | Milk'), app.seed_value_synonyms('unit', 'lb: lbs, pound'),
     app.seed_header_synonyms('products', 'sub_category 1.0: sub category') $$,
  'seeding again is harmless'
);

select * from finish();
rollback;
