-- The same query, its words found only in the given sections of search_tsv: A name, B brand, C short description.
create or replace function app.weigh_query(query tsquery, weights text)
returns tsquery
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  -- A word that may be unfinished reads 'word':*.
  return regexp_replace(query::text, '''((?:[^''\\]|''''|\\.)*)''(?::(\*))?', '''\1'':\2' || weights, 'g')::tsquery;
end;
$$;

comment on function app.weigh_query is 'Restricts a query to sections of the search vector.';
