-- Cases of app.op_m_to_cm.
begin;
select plan(3);

select is(app.op_m_to_cm(c.input), c.output, 'm_to_cm' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1.75'::text, '175'::text),
    ('1,75 m', '175')
) as c (input, output);

select is(app.op_m_to_cm(null), null, 'null in, null out');
select * from finish();
rollback;
