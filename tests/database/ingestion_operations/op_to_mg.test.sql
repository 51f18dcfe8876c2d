-- Cases of app.op_to_mg.
begin;
select plan(5);

select is(app.op_to_mg(c.input), c.output, 'to_mg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('0.4 g'::text, '400'::text),
    ('140', '140'),
    ('12 µg', '0.012'),
    ('5 kcal', '5 kcal')
) as c (input, output);

select is(app.op_to_mg(null), null, 'null in, null out');
select * from finish();
rollback;
