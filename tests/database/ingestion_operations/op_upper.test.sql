-- Cases of app.op_upper.
begin;
select plan(3);

select is(app.op_upper(c.input), c.output, 'upper' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('usd'::text, 'USD'::text),
    ('été', 'ÉTÉ')
) as c (input, output);

select is(app.op_upper(null), null, 'null in, null out');
select * from finish();
rollback;
