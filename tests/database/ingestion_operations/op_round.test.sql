-- Cases of app.op_round.
begin;
select plan(4);

select is(app.op_round(c.input, 1), c.output, 'round (1)' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('3.14159'::text, '3.1'::text),
    ('abc', 'abc')
) as c (input, output);

select is(app.op_round(c.input, 0), c.output, 'round (0)' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('2.5 g'::text, '3 g'::text)
) as c (input, output);

select is(app.op_round(null, 1), null, 'null in, null out');
select * from finish();
rollback;
