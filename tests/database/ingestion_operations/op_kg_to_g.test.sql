-- Cases of app.op_kg_to_g.
begin;
select plan(4);

select is(app.op_kg_to_g(c.input), c.output, 'kg_to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('0.5'::text, '500'::text),
    ('0,5 kg', '500'),
    ('500 g', '500')
) as c (input, output);

select is(app.op_kg_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
