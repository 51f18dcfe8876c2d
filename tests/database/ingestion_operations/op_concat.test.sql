-- Cases of app.op_concat.
begin;
select plan(5);

select is(app.op_concat(c.input, 'SKU-'), c.output, 'concat (''SKU-'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('12'::text, 'SKU-12'::text),
    ('', ''),
    ('  ', '  ')
) as c (input, output);

select is(app.op_concat(c.input, '', ' g'), c.output, 'concat ('''', '' g'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('250'::text, '250 g'::text)
) as c (input, output);

select is(app.op_concat(null, 'SKU-'), null, 'null in, null out');
select * from finish();
rollback;
