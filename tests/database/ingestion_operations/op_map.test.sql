-- Cases of app.op_map.
begin;
select plan(4);

select is(app.op_map(c.input, '{"draft": "inactive", "1": "active"}'), c.output, 'map (''{"draft": "inactive", "1": "active"}'')' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Draft'::text, 'inactive'::text),
    (' 1 ', 'active'),
    ('other', 'other')
) as c (input, output);

select is(app.op_map(null, '{"draft": "inactive", "1": "active"}'), null, 'null in, null out');
select * from finish();
rollback;
