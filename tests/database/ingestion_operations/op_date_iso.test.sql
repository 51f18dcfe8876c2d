-- Cases of app.op_date_iso.
begin;
select plan(9);

select is(app.op_date_iso(c.input), c.output, 'date_iso' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('2024-01-05'::text, '2024-01-05'::text),
    ('2024-1-5', '2024-01-05'),
    ('20240105', '2024-01-05'),
    ('2024/01/05', '2024-01-05'),
    ('2024-01-05T10:00:00Z', '2024-01-05'),
    ('2024-02-30', '2024-02-30'),
    ('1/5/2024', '1/5/2024'),
    ('2024-13-01', '2024-13-01')
) as c (input, output);

select is(app.op_date_iso(null), null, 'null in, null out');
select * from finish();
rollback;
