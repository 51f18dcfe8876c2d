-- Cases of app.op_strip_emphasis.
begin;
select plan(8);

select is(app.op_strip_emphasis(c.input), c.output, 'strip_emphasis' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('_milk_, salt'::text, 'milk, salt'::text),
    ('farine de _blé_ 97% - d''_avoine_', 'farine de blé 97% - d''avoine'),
    ('*organic* oats', 'organic oats'),
    ('snake_case_name', 'snake_case_name'),
    ('__soja__', 'soja'),
    ('sugar*, cocoa*', 'sugar*, cocoa*'),
    ('plain', 'plain')
) as c (input, output);

select is(app.op_strip_emphasis(null), null, 'null in, null out');
select * from finish();
rollback;
