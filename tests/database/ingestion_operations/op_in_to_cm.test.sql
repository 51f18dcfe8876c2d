-- Cases of app.op_in_to_cm.
begin;
select plan(4);

select is(app.op_in_to_cm(c.input), c.output, 'in_to_cm' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('70'::text, '177.8'::text),
    ('70"', '70"'),
    ('180 cm', '180')
) as c (input, output);

select is(app.op_in_to_cm(null), null, 'null in, null out');
select * from finish();
rollback;
