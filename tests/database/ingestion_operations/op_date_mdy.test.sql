-- Cases of app.op_date_mdy.
begin;
select plan(11);

select is(app.op_date_mdy(c.input), c.output, 'date_mdy' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1/5/2024'::text, '2024-01-05'::text),
    ('01-31-99', '1999-01-31'),
    ('Jan 5, 2024', '2024-01-05'),
    ('5 January 2024', '2024-01-05'),
    ('2024-01-05', '2024-01-05'),
    ('1/5/24', '2024-01-05'),
    ('31/12/2024', '31/12/2024'),
    ('2/30/2024', '2/30/2024'),
    ('05.06.1980', '1980-06-05'),
    ('soon', 'soon')
) as c (input, output);

select is(app.op_date_mdy(null), null, 'null in, null out');
select * from finish();
rollback;
