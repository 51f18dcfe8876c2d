-- Cases of app.op_to_mcg.
begin;
select plan(4);

select is(app.op_to_mcg(c.input), c.output, 'to_mcg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('0.4 mg'::text, '400'::text),
    ('12 ug', '12'),
    ('7', '7')
) as c (input, output);

select is(app.op_to_mcg(null), null, 'null in, null out');
select * from finish();
rollback;
