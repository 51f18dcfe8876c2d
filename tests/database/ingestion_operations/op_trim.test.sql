-- Cases of app.op_trim.
begin;
select plan(6);

select is(app.op_trim(c.input), c.output, 'trim' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('  Rice '::text, 'Rice'::text),
    (E'\t\n Rice\r\n', 'Rice'),
    (' Rice​', 'Rice'),
    ('Brown  rice', 'Brown  rice'),
    ('   ', '')
) as c (input, output);

select is(app.op_trim(null), null, 'null in, null out');
select * from finish();
rollback;
