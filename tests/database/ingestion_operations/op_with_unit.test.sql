-- Cases of app.op_with_unit.
begin;
select plan(6);

select is(app.op_with_unit(c.input, 'g'), c.output, 'with_unit (g) of ' || quote_literal(c.input))
from (
  values
    ('40', '40 g'),
    (' 1 000,5 ', '1 000,5 g'),
    ('40 g', '40 g'),
    ('1 cup', '1 cup'),
    ('', '')
) as c (input, output);

select is(app.op_with_unit(null, 'g'), null, 'null in, null out');
select * from finish();
rollback;
