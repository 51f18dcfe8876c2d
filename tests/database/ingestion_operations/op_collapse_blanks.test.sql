-- Cases of app.op_collapse_blanks.
begin;
select plan(6);

select is(app.op_collapse_blanks(c.input), c.output, 'collapse_blanks' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('Brown   rice'::text, 'Brown rice'::text),
    (E' a\r\n\tb ', 'a b'),
    ('a  b', 'a b'),
    (E'\x1fen:nuts', 'en:nuts'),
    ('ok', 'ok')
) as c (input, output);

select is(app.op_collapse_blanks(null), null, 'null in, null out');
select * from finish();
rollback;
