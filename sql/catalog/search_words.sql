-- Takes punctuation out before the parser sees it, which would otherwise read "Dr.Oetker" as a host name and "l/100" as a
-- path. Applied to what is indexed and to what is asked; quotes and a leading minus of a query are dealt with before.
create or replace function app.search_words(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return translate(value, E'.,:;/\\@#&%+*=_~^|<>()[]{}!?-–—\u2019''`´"', '                                      ');
end;
$$;

comment on function app.search_words is 'A text with its punctuation made blank, ready for the configuration app.catalog_words.';
grant execute on function app.search_words to authenticated, service_role;
