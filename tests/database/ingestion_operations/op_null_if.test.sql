-- Cases of app.op_null_if.
begin;
select plan(12);

select is(app.op_null_if(c.input), c.output, 'null_if' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('N/A'::text, null::text),
    ('n.a.', null),
    ('-', null),
    ('#NAME?', null),
    ('non renseigné', null),
    ('unknown', null),
    ('0', '0'),
    ('none of these', 'none of these'),
    ('Nan bread', 'Nan bread')
) as c (input, output);

select is(app.op_null_if(c.input, '["tbd", "soon"]'), c.output, 'null_if (''["tbd", "soon"]'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('TBD'::text, null::text),
    ('N/A', 'N/A')
) as c (input, output);

select is(app.op_null_if(null), null, 'null in, null out');
select * from finish();
rollback;
