-- Cases of app.op_mg_to_g.
begin;
select plan(3);

select is(app.op_mg_to_g(c.input), c.output, 'mg_to_g' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('250'::text, '0.25'::text),
    ('1 g', '1')
) as c (input, output);

select is(app.op_mg_to_g(null), null, 'null in, null out');
select * from finish();
rollback;
