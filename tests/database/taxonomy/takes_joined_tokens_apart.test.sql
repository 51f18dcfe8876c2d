-- Allergens joined by more than commas are taken apart; what is one known word stays whole, what nobody knows unknown.
begin;
select plan(13);

select is(
  (select array_agg(m.canonical order by m.canonical) from app.match_compound_tokens(null, 'allergen', array[c.token]) as m),
  c.codes, c.token
)
from (
  values
    ('milk and eggs', array['eggs', 'milk']),
    ('MILK/EGG/SOY', array['eggs', 'milk', 'soybeans']),
    ('Lait & œufs', array['eggs', 'milk']),
    ('milk. May contain tree nuts.', array['milk', 'tree_nuts']),
    ('Sulphur dioxide and sulphites', array['sulphites']),
    ('leche y derivados', array['milk']),
    ('May contain: Milk & Eggs', array['eggs', 'milk']),
    ('TREE NUTS (almonds, cashews)', array['tree_nuts', 'tree_nuts', 'tree_nuts']),
    ('Cereals containing gluten (wheat, barley)', array['gluten', 'gluten', 'wheat']),
    ('Può contenere tracce di soia', array['soybeans']),
    ('nuts (pixie dust)', array['tree_nuts', null]),
    ('pixie dust', array[null]),
    ('milk and pixie dust', array['milk', null])
) as c (token, codes);
select * from finish();
rollback;
