-- Cases of app.op_lb_to_kg.
begin;
select plan(4);

select is(app.op_lb_to_kg(c.input), c.output, 'lb_to_kg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('150'::text, '68.0388555'::text),
    ('150 lbs', '68.0388555'),
    ('70 kg', '70')
) as c (input, output);

select is(app.op_lb_to_kg(null), null, 'null in, null out');
select * from finish();
rollback;
