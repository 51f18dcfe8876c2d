-- Cases of app.op_default.
begin;
select plan(4);

select is(app.op_default(c.input, 'USD'), c.output, 'default (''USD'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    (null::text, 'USD'::text),
    ('', 'USD'),
    ('  ', 'USD'),
    ('EUR', 'EUR')
) as c (input, output);

select * from finish();
rollback;
