-- Cases of app.op_mg_to_mcg.
begin;
select plan(2);

select is(app.op_mg_to_mcg(c.input), c.output, 'mg_to_mcg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('0.4'::text, '400'::text)
) as c (input, output);

select is(app.op_mg_to_mcg(null), null, 'null in, null out');
select * from finish();
rollback;
