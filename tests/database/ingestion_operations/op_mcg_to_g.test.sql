-- Cases of app.op_mcg_to_g.
begin;
select plan(2);

select is(app.op_mcg_to_g(c.input), c.output, 'mcg_to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('250000'::text, '0.25'::text)
) as c (input, output);

select is(app.op_mcg_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
