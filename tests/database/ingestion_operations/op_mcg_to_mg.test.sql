-- Cases of app.op_mcg_to_mg.
begin;
select plan(3);

select is(app.op_mcg_to_mg(c.input), c.output, 'mcg_to_mg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('400'::text, '0.4'::text),
    ('1 mg', '1')
) as c (input, output);

select is(app.op_mcg_to_mg(null), null, 'null in, null out');
select * from finish();
rollback;
