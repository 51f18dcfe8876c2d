-- Cases of app.op_to_cm.
begin;
select plan(5);

select is(app.op_to_cm(c.input), c.output, 'to_cm' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1.75 m'::text, '175'::text),
    ('180', '180'),
    ('70 in', '177.8'),
    ('180 cm', '180')
) as c (input, output);

select is(app.op_to_cm(null), null, 'null in, null out');
select * from finish();
rollback;
