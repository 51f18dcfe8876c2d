-- Cases of app.op_first.
begin;
select plan(6);

select is(app.op_first(c.input), c.output, 'first' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Casino, Alter Eco'::text, 'Casino'::text),
    ('Welch''s,  Healthy Food Brands Llc', 'Welch''s'),
    ('one', 'one'),
    (' , ', ' , ')
) as c (input, output);

select is(app.op_first(c.input, '>'), c.output, 'first (''>'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('a > b'::text, 'a'::text)
) as c (input, output);

select is(app.op_first(null), null, 'null in, null out');
select * from finish();
rollback;
