-- Cases of app.op_money.
begin;
select plan(12);

select is(app.op_money(c.input), c.output, 'money' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('$1,299.00'::text, '1299.00'::text),
    ('3,50 €', '3.50'),
    ('EUR 12', '12'),
    ('12', '12'),
    ('US$ 4.99', '4.99'),
    ('£0.99', '0.99'),
    ('4.99 USD', '4.99'),
    ('free', 'free'),
    ('-', null),
    ('n/a', null),
    ('3.5 per kg', '3.5 per kg')
) as c (input, output);

select is(app.op_money(null), null, 'null in, null out');
select * from finish();
rollback;
