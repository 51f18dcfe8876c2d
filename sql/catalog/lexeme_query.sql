-- A query for one of several lexemes exactly as they are (facets), whatever characters they hold. Null for none.
create or replace function app.lexeme_query(lexemes text[])
returns tsquery
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return (
    select string_agg(app.quote_lexeme(l.lexeme), ' | ')::tsquery
    from unnest(lexemes) as l (lexeme)
  );
end;
$$;

comment on function app.lexeme_query is 'A query that any of these lexemes satisfies.';
