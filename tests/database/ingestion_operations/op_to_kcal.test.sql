-- Cases of app.op_to_kcal.
begin;
select plan(9);

select is(app.op_to_kcal(c.input), c.output, 'to_kcal' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1409 kJ'::text, '336.76'::text),
    ('333', '333'),
    ('333 kcal', '333'),
    ('333 Calories', '333'),
    ('1650 kJ / 394 kcal', '394'),
    ('1650 kJ (1.000 g)', '394.36'),
    ('1.650 kJ', '394.36'),
    ('two', 'two')
) as c (input, output);

select is(app.op_to_kcal(null), null, 'null in, null out');
select * from finish();
rollback;
