-- Cases of app.op_kj_to_kcal.
begin;
select plan(6);

select is(app.op_kj_to_kcal(c.input), c.output, 'kj_to_kcal' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1795'::text, '429.02'::text),
    ('1490', '356.12'),
    ('333 kcal', '333'),
    ('0', '0'),
    ('abc', 'abc')
) as c (input, output);

select is(app.op_kj_to_kcal(null), null, 'null in, null out');
select * from finish();
rollback;
