-- Cases of app.op_prefix_strip.
begin;
select plan(5);

select is(app.op_prefix_strip(c.input, 'ingredients:'), c.output, 'prefix_strip (''ingredients:'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('INGREDIENTS: RICE'::text, 'RICE'::text),
    ('Rice', 'Rice'),
    ('ingredients:', '')
) as c (input, output);

select is(app.op_prefix_strip(c.input, ''), c.output, 'prefix_strip ('''')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('abc'::text, 'abc'::text)
) as c (input, output);

select is(app.op_prefix_strip(null, 'ingredients:'), null, 'null in, null out');
select * from finish();
rollback;
