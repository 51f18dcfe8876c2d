-- Cases of app.op_salt_to_sodium.
begin;
select plan(5);

select is(app.op_salt_to_sodium(c.input), c.output, 'salt_to_sodium' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('1.5'::text, '0.6'::text),
    ('1.5 g', '0.6 g'),
    ('99.9mg', '39.96 mg'),
    ('abc', 'abc')
) as c (input, output);

select is(app.op_salt_to_sodium(null), null, 'null in, null out');
select * from finish();
rollback;
