-- Cases of app.op_currency_of.
begin;
select plan(10);

select is(app.op_currency_of(c.input, c.fallback), c.output, format('currency_of (%L) of %L', c.fallback, c.input))
from (
  values
    ('3,99 €', '', 'EUR'),
    ('$1,299.00', '', 'USD'),
    ('£2', 'EUR', 'GBP'),
    ('3.50 EUR', '', 'EUR'),
    ('CHF 12.50', '', 'CHF'),
    ('3.50', '', null),
    ('3.50', 'EUR', 'EUR'),
    ('ask us', '', null),
    ('tba', '', null)
) as c (input, fallback, output);

select is(app.op_currency_of(null, 'EUR'), null, 'null in, null out');
select * from finish();
rollback;
