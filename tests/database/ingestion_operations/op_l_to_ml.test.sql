-- Cases of app.op_l_to_ml.
begin;
select plan(3);

select is(app.op_l_to_ml(c.input), c.output, 'l_to_ml' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1,5'::text, '1500'::text),
    ('750 ml', '750')
) as c (input, output);

select is(app.op_l_to_ml(null), null, 'null in, null out');
select * from finish();
rollback;
