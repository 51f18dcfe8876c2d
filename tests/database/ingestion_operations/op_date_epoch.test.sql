-- Cases of app.op_date_epoch.
begin;
select plan(5);

select is(app.op_date_epoch(c.input), c.output, 'date_epoch' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1489077888'::text, '2017-03-09'::text),
    ('1489077888000', '2017-03-09'),
    ('12', '12'),
    ('2024-01-05', '2024-01-05')
) as c (input, output);

select is(app.op_date_epoch(null), null, 'null in, null out');
select * from finish();
rollback;
