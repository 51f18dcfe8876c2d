-- What a serving or a package weighs, from the texts of real files.
begin;
select plan(39);

select is(
  (q.amount::text, q.unit, q.base_amount::text, q.base_unit)::text,
  (c.amount, c.unit, c.base_amount, c.base_unit)::text,
  'quantity of ' || coalesce(quote_literal(c.input), 'null')
)
from (
  values
    ('30 g'::text, '30'::text, 'g'::text, '30'::text, 'g'::text),
    ('30g', '30', 'g', '30', 'g'),
    ('85.0 GRM', '85', 'grm', '85', 'g'),
    ('240 MLT', '240', 'mlt', '240', 'ml'),
    ('250ml', '250', 'ml', '250', 'ml'),
    ('1L', '1', 'l', '1000', 'ml'),
    ('1 cup (240 ml)', '1', 'cup', '240', 'ml'),
    ('1/2 cup (120 mL)', '0.5', 'cup', '120', 'ml'),
    ('2 biscuits (25g)', '2', 'biscuits', '25', 'g'),
    ('1 ONZ (28 g)', '1', 'onz', '28', 'g'),
    ('8 OZA (240 ml)', '8', 'oza', '240', 'ml'),
    ('1 Meal (269 g) (269 g)', '1', 'meal', '269', 'g'),
    ('34 g (2 Tbsp)', '34', 'g', '34', 'g'),
    ('115 g (0.5 cup)', '115', 'g', '115', 'g'),
    ('17 PIECES | ABOUT (40 g)', '17', 'pieces', '40', 'g'),
    ('8 oz', '8', 'oz', '226.796', 'g'),
    ('12 fl oz', '12', 'fl oz', '354.882', 'ml'),
    ('12 fl oz/355 mL', '12', 'fl oz', '355', 'ml'),
    ('16 oz/1 lbs/454 g', '16', 'oz', '454', 'g'),
    ('18 oz (1 lb 2 oz) 510 g', '18', 'oz', '510', 'g'),
    ('8 OZ. (227g)', '8', 'oz', '227', 'g'),
    ('500 g (4 x 125 g)', '500', 'g', '500', 'g'),
    ('150 g (120 g + 30 g)', '150', 'g', '150', 'g'),
    ('1 1/4 cup', '1.25', 'cup', '300', 'ml'),
    ('½ cup', '0.5', 'cup', '120', 'ml'),
    ('2/3 gr', '0.666667', 'gr', '0.667', 'g'),
    ('1,5 L', '1.5', 'l', '1500', 'ml'),
    ('Deux tranches (52,6 g)', '52.6', 'g', '52.6', 'g'),
    ('1 carré de 10 g', '1', 'carre', '10', 'g'),
    ('Amount per serving (120 ml)', '120', 'ml', '120', 'ml'),
    ('0.5 GAL/1.89 L', '0.5', 'gal', '1890', 'ml'),
    ('33,33', '33.33', null, null, null),
    ('240', '240', null, null, null),
    ('6 oeufs', '6', 'oeufs', null, null),
    ('10 LBR', '10', 'lbr', '4535.924', 'g'),
    ('No Indica', null, null, null, null),
    ('', null, null, null, null),
    ('1/0 cup', null, null, null, null),
    (null, null, null, null, null)
) as c (input, amount, unit, base_amount, base_unit)
cross join lateral app.parse_quantity(c.input) as q;

select * from finish();
rollback;
