-- Cases of app.op_lb_to_g.
begin;
select plan(2);

select is(app.op_lb_to_g(c.input), c.output, 'lb_to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1'::text, '453.59237'::text)
) as c (input, output);

select is(app.op_lb_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
