-- The registry of transform operations: the one list of what a mapping may name. Each is the function app.op_<name>;
-- arguments maps an argument to its type, with "?" when it may be left out. A test holds registry, functions and
-- docs/transform_operations.md together.
create or replace function app.transform_operations()
returns table (name text, arguments jsonb, description text, example text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
  ('trim', jsonb '{}', 'Takes blanks off both ends.', '"  Rice " -> "Rice"'),
  ('collapse_blanks', '{}', 'One blank for each run of blanks and line ends.', '"Brown   rice" -> "Brown rice"'),
  ('decode_entities', '{}', 'Characters in the place of HTML entities.', '"P&acirc;t&eacute;" -> "Pâté"'),
  ('strip_html', '{}', 'Takes out HTML tags, comments, scripts and styles.', '"<b>Rice</b>" -> "Rice"'),
  ('strip_emphasis', '{}', 'Takes out _underscores_ and *stars* around words.', '"_milk_, salt" -> "milk, salt"'),
  ('untag', '{}', 'Words from an Open Food Facts tag.', '"en:dark-chocolates" -> "Dark chocolates"'),
  ('lower', '{}', 'Lower case.', '"RICE" -> "rice"'),
  ('upper', '{}', 'Upper case.', '"usd" -> "USD"'),
  ('title_case', '{}', 'Capital first letters, for a text in one case only.', '"BROWN RICE" -> "Brown Rice"'),
  (
    'prefix_strip', '{"prefix": "string"}', 'Takes a given beginning off, whatever its case.',
    'prefix "INGREDIENTS:": "Ingredients: rice" -> "rice"'
  ),
  (
    'suffix_strip', '{"suffix": "string"}', 'Takes a given ending off, whatever its case.',
    'suffix "(R)": "Rice (R)" -> "Rice"'
  ),
  (
    'replace', '{"from": "string", "to": "string"}', 'Replaces one text by another, everywhere.',
    'from "|" to ",": "a|b" -> "a,b"'
  ),
  (
    'concat', '{"before": "string?", "after": "string?"}', 'Puts fixed text before or after a value that is not blank.',
    'before "SKU-": "12" -> "SKU-12"'
  ),
  ('default', '{"with": "string"}', 'A fixed value where the cell is null or blank.', 'with "USD": null -> "USD"'),
  ('with_unit', '{"unit": "string"}', 'A unit behind a bare number.', 'unit "g": "40" -> "40 g"'),
  (
    'flag', '{"token": "string", "when": "string?"}',
    'One word of a list from a column that says yes or no to it; `when`: yes (default), may, no.',
    'token "milk": "Y" -> "milk"'
  ),
  (
    'null_if', '{"values": "strings?"}',
    'Null for words that stand for nothing: those given, or N/A, null, unknown, - ...', '"N/A" -> null'
  ),
  (
    'map', '{"values": "object"}', 'Swaps words by a table; others stay.',
    'values {"draft": "inactive"}: "Draft" -> "inactive"'
  ),
  ('first', '{"by": "string?"}', 'The first element of a list.', '"Casino, Alter Eco" -> "Casino"'),
  ('last', '{"by": "string?"}', 'The last element of a list.', '"Snacks, Chocolates" -> "Chocolates"'),
  (
    'split', '{"by": "string?"}', 'Makes a list of a cell; the last operation of a list field.',
    '"en:milk,en:eggs" -> {en:milk, en:eggs}'
  ),
  ('parse_number', '{}', 'A number as people write it, in plain form; without unit.', '"1.234,56 g" -> "1234.56"'),
  ('decimal_comma', '{}', 'The same where the decimal mark is always a comma; keeps the unit.', '"1,234" -> "1.234"'),
  ('scale', '{"by": "number"}', 'Multiplies a number; a unit behind it stays.', 'by 0.025: "400" -> "10"'),
  ('round', '{"digits": "integer?"}', 'Rounds a number; a unit behind it stays.', 'digits 1: "3.14159" -> "3.1"'),
  ('money', '{}', 'An amount of money without its currency.', '"$1,299.00" -> "1299.00"'),
  ('currency', '{}', 'The ISO 4217 code in a cell.', '"3,50 €" -> "EUR"'),
  (
    'currency_of', '{"with": "string?"}', 'The currency an amount of money names, or a given one where it names none.',
    '"3,50 €" -> "EUR"'
  ),
  ('boolean', '{}', 'true or false from the words people use.', '"oui" -> "true"'),
  ('date_iso', '{}', 'A date written year, month, day; in ISO form.', '"20240105" -> "2024-01-05"'),
  ('date_mdy', '{}', 'A date written month, day, year.', '"1/5/2024" -> "2024-01-05"'),
  ('date_dmy', '{}', 'A date written day, month, year.', '"5/1/2024" -> "2024-01-05"'),
  ('date_epoch', '{}', 'A date from seconds or milliseconds since 1970.', '"1489077888" -> "2017-03-09"'),
  ('salt_to_sodium', '{}', 'Sodium from salt: 40 % of it, in the same unit.', '"1.5 g" -> "0.6 g"'),
  ('to_g', '{}', 'Grams; bare numbers are grams already.', '"250 mg" -> "0.25"'),
  ('to_mg', '{}', 'Milligrams; bare numbers are milligrams already.', '"0.4 g" -> "400"'),
  ('to_mcg', '{}', 'Micrograms; bare numbers are micrograms already.', '"0.4 mg" -> "400"'),
  ('to_kg', '{}', 'Kilograms; bare numbers are kilograms already.', '"150 lb" -> "68.0388555"'),
  ('to_ml', '{}', 'Millilitres; bare numbers are millilitres already.', '"33 cl" -> "330"'),
  ('to_cm', '{}', 'Centimetres; bare numbers are centimetres already.', '"1.75 m" -> "175"'),
  ('to_kcal', '{}', 'Kilocalories; bare numbers are kilocalories already.', '"1409 kJ" -> "336.76"'),
  ('g_to_mg', '{}', 'Grams to milligrams.', '"0.32" -> "320"'),
  ('g_to_mcg', '{}', 'Grams to micrograms.', '"5.2e-06" -> "5.2"'),
  ('mg_to_g', '{}', 'Milligrams to grams.', '"250" -> "0.25"'),
  ('mg_to_mcg', '{}', 'Milligrams to micrograms.', '"0.4" -> "400"'),
  ('mcg_to_g', '{}', 'Micrograms to grams.', '"250000" -> "0.25"'),
  ('mcg_to_mg', '{}', 'Micrograms to milligrams.', '"400" -> "0.4"'),
  ('kg_to_g', '{}', 'Kilograms to grams.', '"0.5" -> "500"'),
  ('g_to_kg', '{}', 'Grams to kilograms.', '"500" -> "0.5"'),
  ('oz_to_g', '{}', 'Ounces to grams.', '"2" -> "56.69904625"'),
  ('lb_to_g', '{}', 'Pounds to grams.', '"1" -> "453.59237"'),
  ('lb_to_kg', '{}', 'Pounds to kilograms.', '"150" -> "68.0388555"'),
  ('l_to_ml', '{}', 'Litres to millilitres.', '"1,5" -> "1500"'),
  ('cl_to_ml', '{}', 'Centilitres to millilitres.', '"33" -> "330"'),
  ('fl_oz_to_ml', '{}', 'US fluid ounces to millilitres.', '"8" -> "236.5882365"'),
  ('kj_to_kcal', '{}', 'Kilojoules to kilocalories.', '"1795" -> "429.02"'),
  ('in_to_cm', '{}', 'Inches to centimetres.', '"70" -> "177.8"'),
  ('m_to_cm', '{}', 'Metres to centimetres.', '"1.75" -> "175"'),
  ('ftin_to_cm', '{}', 'Feet and inches to centimetres.', '"5''11" -> "180.34"'),
  ('body_height', '{}', 'A person''s height in centimetres, the unit guessed where there is none.', '"71" -> "180.34"');
$$;

comment on function app.transform_operations() is
'The transform operations a mapping may name, with arguments, description and example.';

grant execute on function app.transform_operations() to authenticated, service_role;
