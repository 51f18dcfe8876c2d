-- Cases of app.op_split.
begin;
select plan(20);

select is(app.op_split(c.input), c.output, 'split of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('en:milk,en:eggs'::text, array['en:milk', 'en:eggs']),
    ('Milk; Eggs |  Soy ', array['Milk', 'Eggs', 'Soy']),
    ('soy (lecithin, oil), milk', array['soy (lecithin, oil)', 'milk']),
    ('open (bracket, milk', array['open (bracket, milk']),
    ('["GROCERY","FOOD, SERVICE"]', array['GROCERY', 'FOOD, SERVICE']),
    ('{organic,"fair, trade",NULL}', array['organic', 'fair, trade']),
    ('[''vegan'', ''keto'']', array['vegan', 'keto']),
    ('[''30, or less'', "it''s easy"]', array['30, or less', 'it''s easy']),
    ('[vegan, low fat]', array['vegan', 'low fat']),
    ('[milk], [eggs, nuts]', array['[milk]', '[eggs, nuts]']),
    ('{organic}, halal', array['{organic}', 'halal']),
    ('[not json, at all', array['[not json, at all']),
    (',, ;', array[]::text[]),
    ('one', array['one']),
    ('', array[]::text[]),
    ('Tree nuts|soy;milk', array['Tree nuts', 'soy', 'milk']),
    ('a,,b', array['a', 'b']),
    (null, null)
) as c (input, output);

select is(app.op_split('a b  c', ' '), array['a', 'b', 'c'], 'split at a given text');
select is(app.op_split('a,b/c', '/'), array['a,b', 'c'], 'a given text replaces the usual ones');

select * from finish();
rollback;
