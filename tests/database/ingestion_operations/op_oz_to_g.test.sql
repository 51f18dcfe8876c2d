-- Cases of app.op_oz_to_g.
begin;
select plan(4);

select is(app.op_oz_to_g(c.input), c.output, 'oz_to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('2'::text, '56.69904625'::text),
    ('1 oz', '28.349523125'),
    ('30 g', '30')
) as c (input, output);

select is(app.op_oz_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
