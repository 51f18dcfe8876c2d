-- What a person typed as a query: words, "phrases", or, -without. Never fails; no word in it gives an empty query. A
-- hyphen inside a word parts it, as it does in what is indexed.
create or replace function app.parse_search(q text)
returns tsquery
language plpgsql
immutable
parallel safe
set search_path = ''
-- A query without words is no matter for a notice.
set client_min_messages = warning
as $$
begin
  return websearch_to_tsquery(
    'app.catalog_words',
    translate(
      app.search_words(regexp_replace(translate(q, '“”„', '"""'), '(^|\s)-(?=\S)', E'\\1\x02', 'g')), E'\x02', '-'
    )
  );
end;
$$;

comment on function app.parse_search is 'A typed query as tsquery of app.catalog_words.';
grant execute on function app.parse_search to authenticated, service_role;
