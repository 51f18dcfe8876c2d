-- Cases of app.op_date_dmy.
begin;
select plan(8);

select is(app.op_date_dmy(c.input), c.output, 'date_dmy' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('5/1/2024'::text, '2024-01-05'::text),
    ('31.12.2024', '2024-12-31'),
    ('5. Januar 2024', '2024-01-05'),
    ('5 février 2024', '2024-02-05'),
    ('12/31/2024', '12/31/2024'),
    ('29/2/2023', '29/2/2023'),
    ('29/2/2024', '2024-02-29')
) as c (input, output);

select is(app.op_date_dmy(null), null, 'null in, null out');
select * from finish();
rollback;
