-- Cases of app.op_to_ml.
begin;
select plan(5);

select is(app.op_to_ml(c.input), c.output, 'to_ml' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('33 cl'::text, '330'::text),
    ('1 L', '1000'),
    ('250', '250'),
    ('8 fl oz', '236.5882365')
) as c (input, output);

select is(app.op_to_ml(null), null, 'null in, null out');
select * from finish();
rollback;
