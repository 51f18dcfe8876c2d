-- Cases of app.op_lower.
begin;
select plan(3);

select is(app.op_lower(c.input), c.output, 'lower' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('RICE'::text, 'rice'::text),
    ('ÉTÉ', 'été')
) as c (input, output);

select is(app.op_lower(null), null, 'null in, null out');
select * from finish();
rollback;
