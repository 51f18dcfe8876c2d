-- The punctuation that the parser of app.catalog_words would misread, as a regular expression. Immutable, computed
-- once a statement.
create or replace function app.misread_characters()
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select '[-./@:_~&<>+=%#\\\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf'
    '\u2010-\u2027\u2030-\u205e\u3000-\u303f]+';
$$;

comment on function app.misread_characters is 'Pattern of the punctuation that app.search_words takes out.';
grant execute on function app.misread_characters to authenticated, service_role;
