-- Cases of app.op_last.
begin;
select plan(4);

select is(app.op_last(c.input), c.output, 'last' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Snacks, Chocolates'::text, 'Chocolates'::text),
    ('one', 'one')
) as c (input, output);

select is(app.op_last(c.input, '>'), c.output, 'last (''>'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Food > Snacks > Candy'::text, 'Candy'::text)
) as c (input, output);

select is(app.op_last(null), null, 'null in, null out');
select * from finish();
rollback;
