-- Cases of app.op_untag.
begin;
select plan(6);

select is(app.op_untag(c.input), c.output, 'untag' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('en:dark-chocolates'::text, 'Dark chocolates'::text),
    ('fr:tisanes-bio', 'Tisanes bio'),
    ('Snacks', 'Snacks'),
    ('Note: salty', 'Note: salty'),
    ('en:us', 'Us')
) as c (input, output);

select is(app.op_untag(null), null, 'null in, null out');
select * from finish();
rollback;
