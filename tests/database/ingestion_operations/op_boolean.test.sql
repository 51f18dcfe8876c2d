-- Cases of app.op_boolean.
begin;
select plan(10);

select is(app.op_boolean(c.input), c.output, 'boolean' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Yes'::text, 'true'::text),
    ('1', 'true'),
    ('OUI', 'true'),
    ('sí', 'true'),
    ('x', 'true'),
    ('no', 'false'),
    ('0', 'false'),
    ('Nein', 'false'),
    ('maybe', 'maybe')
) as c (input, output);

select is(app.op_boolean(null), null, 'null in, null out');
select * from finish();
rollback;
