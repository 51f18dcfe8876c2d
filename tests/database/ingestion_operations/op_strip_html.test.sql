-- Cases of app.op_strip_html.
begin;
select plan(8);

select is(app.op_strip_html(c.input), c.output, 'strip_html' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('<b>Rice</b>'::text, 'Rice'::text),
    ('<p>One</p><p>Two</p>', 'One Two'),
    ('a <script>alert(1)</script>b', 'a b'),
    ('< 5 % fat', '< 5 % fat'),
    ('x <!-- y --> z', 'x z'),
    ('<br/>Salt', 'Salt'),
    ('no tags', 'no tags')
) as c (input, output);

select is(app.op_strip_html(null), null, 'null in, null out');
select * from finish();
rollback;
