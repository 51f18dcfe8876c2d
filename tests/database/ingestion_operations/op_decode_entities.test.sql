-- Cases of app.op_decode_entities.
begin;
select plan(14);

select is(app.op_decode_entities(c.input), c.output, 'decode_entities' || ' of ' || coalesce(quote_literal(c.input), 'null'))
from (
  values
    ('P&acirc;t&eacute;'::text, 'Pâté'::text),
    ('&quot;Esencia&quot;', '"Esencia"'),
    ('A &amp; B', 'A & B'),
    ('&amp;lt;', '&lt;'),
    ('&#233;&#xE9;', 'éé'),
    ('it&#146;s', 'it’s'),
    ('R&D; 5 & 6', 'R&D; 5 & 6'),
    ('&#0;&#xD800;', '&#0;&#xD800;'),
    ('caf&eacute;s & th&eacute;s', 'cafés & thés'),
    ('plain', 'plain'),
    ('&Eacute;', 'É'),
    ('20&nbsp;g', '20 g'),
    ('&hellip;&euro;', '…€')
) as c (input, output);

select is(app.op_decode_entities(null), null, 'null in, null out');
select * from finish();
rollback;
