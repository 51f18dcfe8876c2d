-- Cases of app.op_currency.
begin;
select plan(10);

select is(app.op_currency(c.input), c.output, 'currency' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('$3.50'::text, 'USD'::text),
    ('3,50 €', 'EUR'),
    ('gbp', 'GBP'),
    ('USD 3', 'USD'),
    ('£1', 'GBP'),
    ('C$ 4', 'CAD'),
    ('12 euros', 'EUR'),
    ('4.99 usd', 'USD'),
    ('12', '12')
) as c (input, output);

select is(app.op_currency(null), null, 'null in, null out');
select * from finish();
rollback;
