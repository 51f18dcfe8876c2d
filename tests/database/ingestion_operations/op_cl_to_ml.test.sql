-- Cases of app.op_cl_to_ml.
begin;
select plan(2);

select is(app.op_cl_to_ml(c.input), c.output, 'cl_to_ml' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('33'::text, '330'::text)
) as c (input, output);

select is(app.op_cl_to_ml(null), null, 'null in, null out');
select * from finish();
rollback;
