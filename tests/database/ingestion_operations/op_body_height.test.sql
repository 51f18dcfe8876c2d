-- Cases of app.op_body_height.
begin;
select plan(10);

select is(app.op_body_height(c.input), c.output, 'body_height' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('5''11"'::text, '180.34'::text),
    ('71 in', '180.34'),
    ('71', '180.34'),
    ('180 cm', '180'),
    ('180', '180'),
    ('1.80', '180'),
    ('1,8', '180'),
    ('1.8 m', '180'),
    ('tall', 'tall')
) as c (input, output);

select is(app.op_body_height(null), null, 'null in, null out');
select * from finish();
rollback;
