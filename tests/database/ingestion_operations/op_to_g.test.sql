-- Cases of app.op_to_g.
begin;
select plan(8);

select is(app.op_to_g(c.input), c.output, 'to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1.7000000476837g'::text, '1.700000047684'::text),
    ('250 mg', '0.25'),
    ('30', '30'),
    ('1 kg', '1000'),
    ('3 ml', '3 ml'),
    ('abc', 'abc'),
    ('< 0,5 g', '0.5')
) as c (input, output);

select is(app.op_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
