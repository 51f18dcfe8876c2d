-- A lexeme as tsquery writes it. Words may hold quotes: unaccent turns ŉ into 'n.
create or replace function app.quote_lexeme(lexeme text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''';
end;
$$;

comment on function app.quote_lexeme is 'Quotes a lexeme for tsquery.';
