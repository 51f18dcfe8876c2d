-- Cases of app.op_ftin_to_cm.
begin;
select plan(14);

select is(app.op_ftin_to_cm(c.input), c.output, 'ftin_to_cm' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('5''11'::text, '180.34'::text),
    ('5''11"', '180.34'),
    ('5 ft 11 in', '180.34'),
    ('5-11', '180.34'),
    ('5’11”', '180.34'),
    ('6 feet', '182.88'),
    ('71"', '180.34'),
    ('71 in', '180.34'),
    ('180 cm', '180'),
    ('180', '180'),
    ('5.5', '167.64'),
    ('5''13', '5''13'),
    ('tall', 'tall')
) as c (input, output);

select is(app.op_ftin_to_cm(null), null, 'null in, null out');
select * from finish();
rollback;
