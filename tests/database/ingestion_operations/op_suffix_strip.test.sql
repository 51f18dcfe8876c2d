-- Cases of app.op_suffix_strip.
begin;
select plan(4);

select is(app.op_suffix_strip(c.input, '(r)'), c.output, 'suffix_strip (''(r)'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Rice (R)'::text, 'Rice'::text),
    ('Rice', 'Rice')
) as c (input, output);

select is(app.op_suffix_strip(c.input, ''), c.output, 'suffix_strip ('''')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('abc'::text, 'abc'::text)
) as c (input, output);

select is(app.op_suffix_strip(null, '(r)'), null, 'null in, null out');
select * from finish();
rollback;
