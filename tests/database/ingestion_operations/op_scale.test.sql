-- Cases of app.op_scale.
begin;
select plan(5);

select is(app.op_scale(c.input, 0.025), c.output, 'scale (0.025)' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('400'::text, '10'::text)
) as c (input, output);

select is(app.op_scale(c.input, 2), c.output, 'scale (2)' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1,5'::text, '3'::text),
    ('abc', 'abc')
) as c (input, output);

select is(app.op_scale(c.input, 2.5), c.output, 'scale (2.5)' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('2 g'::text, '5 g'::text)
) as c (input, output);

select is(app.op_scale(null, 0.025), null, 'null in, null out');
select * from finish();
rollback;
