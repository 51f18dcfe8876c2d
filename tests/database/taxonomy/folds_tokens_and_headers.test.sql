-- Tokens and headers fold to one form whatever their case, accents, prefixes and punctuation.
begin;
select plan(32);

select is(app.fold_token(c.input), c.output, 'token ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('en:Soy-Beans'::text, 'soy beans'::text),
    ('  _Lait_ ', 'lait'),
    ('CÉLERIS', 'celeris'),
    ('Œufs', 'oeufs'),
    (U&'\001Fen:nuts', 'nuts'),
    (U&'en:\001Fen:nuts', 'nuts'),
    ('Fruits à coque (noix)', 'fruits a coque noix'),
    ('µg', 'ug'),
    ('100% vegan', '100% vegan'),
    ('Note: salty', 'note salty'),
    ('Schalenfrüchte', 'schalenfruchte'),
    (null, null)
) as c (input, output);

select is(app.fold_header(c.input), c.output, 'header ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Sodium_(mg)'::text, 'sodium mg'::text),
    ('energy-kj_100g', 'energy kj 100g'),
    ('Selenium_(µg)', 'selenium ug'),
    ('Copper_mg)', 'copper mg'),
    ('servingSize', 'serving size'),
    ('HeightInCm', 'height in cm'),
    ('PatientID', 'patient id'),
    ('productUPC', 'product upc'),
    ('UPCCode', 'upc code'),
    ('N° client', 'no client'),
    ('SKUs', 'skus'),
    ('energy_kJ', 'energy kj'),
    ('NDB_No', 'ndb no'),
    ('Énergie (kJ) pour 100 g / 100 ml', 'energie kj pour 100 g 100 ml'),
    ('Food Code; code', 'food code code'),
    (U&'\FEFFcode', 'code'),
    ('Calcium % DV', 'calcium % dv'),
    ('-butyric-acid_100g', 'butyric acid 100g'),
    (null, null)
) as c (input, output);

select is(app.fold_tokens(array['en:Milk', 'milk', '  ', 'Eggs']), array['eggs', 'milk'], 'lists fold to distinct sorted words');

select * from finish();
rollback;
