-- Cases of app.op_to_kg.
begin;
select plan(8);

select is(app.op_to_kg(c.input), c.output, 'to_kg' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('150 lb'::text, '68.0388555'::text),
    ('70', '70'),
    ('70,5 kg', '70.5'),
    ('900 g', '0.9'),
    ('11 st', '69.85322498'),
    ('11st 4lb', '71.66759446'),
    ('1 St 2 lbs.', '7.25747792')
) as c (input, output);

select is(app.op_to_kg(null), null, 'null in, null out');
select * from finish();
rollback;
