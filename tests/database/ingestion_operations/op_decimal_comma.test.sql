-- Cases of app.op_decimal_comma.
begin;
select plan(7);

select is(app.op_decimal_comma(c.input), c.output, 'decimal_comma' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1,234'::text, '1.234'::text),
    ('1.234', '1234'),
    ('1.234,5', '1234.5'),
    ('12.5', '12.5'),
    ('3,4 g', '3.4 g'),
    ('abc', 'abc')
) as c (input, output);

select is(app.op_decimal_comma(null), null, 'null in, null out');
select * from finish();
rollback;
