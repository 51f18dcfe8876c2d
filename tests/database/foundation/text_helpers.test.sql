-- Words are compared without accents, case and odd blanks; codes are made of them; sizes are those of compact JSON.
begin;
select plan(25);

select is(app.fold_text(given), expected, format('folds %s', quote_literal(given)))
from (values
  ('  Crème   Brûlée ', 'creme brulee'),
  (E'a\tb\r\nc', 'a b c'),
  (E'non\u00a0breaking\u202fblank', 'non breaking blank'),
  (E'\ufeffbom', 'bom'),
  ('Œuf Straße', 'oeuf strasse'),
  ('ÅÄÖ', 'aao'),
  ('', ''),
  ('   ', ''),
  (null, null),
  ('鶏卵', '鶏卵')
) as c (given, expected);

select is(app.slugify(given), expected, format('makes a code of %s', coalesce(quote_literal(given), 'null')))
from (values
  ('Sans gluten (certifié)', 'sans_gluten_certifie'),
  ('  --Tree  Nuts-- ', 'tree_nuts'),
  ('omega-3', 'omega_3'),
  ('!?', null),
  ('', null),
  (null, null)
) as c (given, expected);

select is(app.json_fits(value, size), fits, reason)
from (values
  ('{"a": 1}'::jsonb, 7, true, 'blanks that Postgres adds do not count'),
  ('{"a": 1}', 6, false, 'each byte of the compact form does'),
  ('{"a": "b, c: d"}', 15, true, 'blanks within strings count'),
  ('{"a": "b, c: d"}', 14, false, 'one by one'),
  ('{"a": "\"x y\" \\"}', 18, true, 'quotes and backslashes in strings end no string'),
  ('{"a": "é"}', 9, false, 'bytes are counted, not letters')
) as c (value, size, fits, reason);

select is(app.from_base64url(app.base64url('\xfbff00fe')), '\xfbff00fe', 'base64url comes back');
select is(app.base64url('\xfbff00fe'), '-_8A_g', 'without padding, plus and slash');
select is(
  app.fingerprint('{"b": [1, 2], "a": null}'), app.fingerprint('{"a":null,"b":[1,2]}'),
  'a fingerprint minds no order of keys'
);

select * from finish();
rollback;
