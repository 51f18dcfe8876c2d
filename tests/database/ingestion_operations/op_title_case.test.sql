-- Cases of app.op_title_case.
begin;
select plan(6);

select is(app.op_title_case(c.input), c.output, 'title_case' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('BROWN RICE'::text, 'Brown Rice'::text),
    ('brown rice', 'Brown Rice'),
    ('McDonald fries', 'McDonald fries'),
    ('WELCH''S JAM', 'Welch''s Jam'),
    ('12', '12')
) as c (input, output);

select is(app.op_title_case(null), null, 'null in, null out');
select * from finish();
rollback;
