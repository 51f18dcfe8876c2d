-- Cases of app.op_replace.
begin;
select plan(4);

select is(app.op_replace(c.input, '|', ','), c.output, 'replace (''|'', '','')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('a|b|c'::text, 'a,b,c'::text)
) as c (input, output);

select is(app.op_replace(c.input, 'x', 'y'), c.output, 'replace (''x'', ''y'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('abc'::text, 'abc'::text)
) as c (input, output);

select is(app.op_replace(c.input, '.', ''), c.output, 'replace (''.'', '''')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('a.b'::text, 'ab'::text)
) as c (input, output);

select is(app.op_replace(null, '|', ','), null, 'null in, null out');
select * from finish();
rollback;
