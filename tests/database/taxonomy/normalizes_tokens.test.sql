-- Words of real files become codes; what nobody knows is kept as it came; "none" and "not stated" are told apart.
begin;
select plan(40);

select is(
  (select m.canonical from app.match_tokens(null, c.domain, array[c.token]) as m), c.code,
  c.domain || ' ' || quote_literal(c.token)
)
from (
  values
    ('allergen'::text, 'en:milk'::text, 'milk'::text),
    ('allergen', 'en:gluten', 'gluten'),
    ('allergen', 'en:soybeans', 'soybeans'),
    ('allergen', 'en:nuts', 'tree_nuts'),
    ('allergen', 'en:sulphur-dioxide-and-sulphites', 'sulphites'),
    ('allergen', 'en:sesame-seeds', 'sesame'),
    ('allergen', 'MOUTARDE', 'mustard'),
    ('allergen', 'fr:Fruits à coque (noix)', 'tree_nuts'),
    ('allergen', 'Prawns', 'crustaceans'),
    ('allergen', 'shellfish', 'shellfish'),
    ('allergen', 'dairy', 'milk'),
    ('allergen', 'BLÉ', 'wheat'),
    ('allergen', 'fr:avoine', 'gluten'),
    ('allergen', 'es:Metabisulfito sódico', 'sulphites'),
    ('allergen', 'Contains: Milk', 'milk'),
    ('allergen', 'Trazas de avellanas', 'tree_nuts'),
    ('allergen', 'may contain traces of peanuts', 'peanuts'),
    ('allergen', 'Schalenfrüchte', 'tree_nuts'),
    ('allergen', 'lupins', 'lupin'),
    ('allergen', 'fr:Technophobia', null),
    ('diet', 'en:organic', 'organic'),
    ('diet', 'AB Agriculture Biologique', 'organic'),
    ('diet', 'en:no-gluten', 'gluten_free'),
    ('diet', 'Sans gluten', 'gluten_free'),
    ('diet', 'Vegetariano', 'vegetarian'),
    ('diet', 'en:palm-oil-free', 'no_palm_oil'),
    ('diet', 'en:carbon-footprint', null),
    ('certification', 'en:usda-organic', 'usda_organic'),
    ('certification', 'Commerce équitable', 'fair_trade'),
    ('unit', 'GRM', 'g'),
    ('unit', 'µg', 'mcg'),
    ('gender', 'Femme', 'female'),
    ('activity', 'Lightly active', 'light'),
    ('market', 'en:United States', 'us'),
    ('category', 'en:snacks', 'snacks')
) as c (domain, token, code);

select results_eq(
  $$ select * from app.normalize_tokens(null, 'allergen', array['en:milk', 'Lait', 'EGGS', 'Technophobia', ' ']) $$,
  $$ values (array['eggs', 'milk'], array['Technophobia']) $$, 'codes are distinct and sorted, the unknown kept as it came'
);
select results_eq(
  $$ select * from app.normalize_tokens(null, 'allergen', array['en:none']) $$,
  $$ values ('{}'::text[], '{}'::text[]) $$, 'none is an answer'
);
select results_eq(
  $$ select * from app.normalize_tokens(null, 'allergen', array['fr:NON RENSEIGNE']) $$,
  $$ values (null::text[], null::text[]) $$, 'not stated is none'
);
select results_eq(
  $$ select * from app.normalize_tokens(null, 'allergen', array['N/A', 'en:fish']) $$,
  $$ values (array['fish'], '{}'::text[]) $$, 'a word beside "not stated" counts'
);
select results_eq(
  $$ select * from app.normalize_tokens(null, 'allergen', null) $$,
  $$ values (null::text[], null::text[]) $$, 'null stays null'
);

select * from finish();
rollback;
