-- Cases of app.op_g_to_mcg.
begin;
select plan(4);

select is(app.op_g_to_mcg(c.input), c.output, 'g_to_mcg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('5.2e-06'::text, '5.2'::text),
    ('0.0003309', '330.9'),
    ('3 mcg', '3')
) as c (input, output);

select is(app.op_g_to_mcg(null), null, 'null in, null out');
select * from finish();
rollback;
