-- Cases of app.op_fl_oz_to_ml.
begin;
select plan(3);

select is(app.op_fl_oz_to_ml(c.input), c.output, 'fl_oz_to_ml' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('8'::text, '236.5882365'::text),
    ('8 fl. oz', '236.5882365')
) as c (input, output);

select is(app.op_fl_oz_to_ml(null), null, 'null in, null out');
select * from finish();
rollback;
