-- Cases of app.op_g_to_mg.
begin;
select plan(7);

select is(app.op_g_to_mg(c.input), c.output, 'g_to_mg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('0.32'::text, '320'::text),
    ('99.9mg', '99.9'),
    ('1,2', '1200'),
    ('traces', '0'),
    ('abc', 'abc'),
    ('1 oz', '28349.523125')
) as c (input, output);

select is(app.op_g_to_mg(null), null, 'null in, null out');
select * from finish();
rollback;
