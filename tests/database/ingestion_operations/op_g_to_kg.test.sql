-- Cases of app.op_g_to_kg.
begin;
select plan(3);

select is(app.op_g_to_kg(c.input), c.output, 'g_to_kg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('500'::text, '0.5'::text),
    ('2 kg', '2')
) as c (input, output);

select is(app.op_g_to_kg(null), null, 'null in, null out');
select * from finish();
rollback;
