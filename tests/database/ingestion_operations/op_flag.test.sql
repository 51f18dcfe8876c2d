-- Cases of app.op_flag.
begin;
select plan(26);

select is(app.op_flag(c.input, 'milk', c.asked), c.output, format('flag (milk, %s) of %L', c.asked, c.input))
from (
  values
    ('Y', 'yes', 'milk'),
    ('yes', 'yes', 'milk'),
    ('TRUE', 'yes', 'milk'),
    ('1', 'yes', 'milk'),
    ('X', 'yes', 'milk'),
    ('Oui', 'yes', 'milk'),
    ('Sí', 'yes', 'milk'),
    ('ja', 'yes', 'milk'),
    ('Contains', 'yes', 'milk'),
    ('Enthält', 'yes', 'milk'),
    ('✓', 'yes', 'milk'),
    ('+', 'yes', 'milk'),
    ('Milk', 'yes', 'milk'),
    ('May contain', 'yes', null),
    ('May contain', 'may', 'milk'),
    ('Traces', 'may', 'milk'),
    ('Kann Spuren enthalten', 'may', 'milk'),
    ('peut contenir', 'may', 'milk'),
    ('N', 'no', 'milk'),
    ('No', 'no', 'milk'),
    ('0', 'no', 'milk'),
    ('does not contain', 'no', 'milk'),
    ('nein', 'no', 'milk'),
    ('-', 'no', null),
    ('see label', 'yes', null)
) as c (input, asked, output);

select is(app.op_flag(null, 'milk'), null, 'null in, null out');
select * from finish();
rollback;
