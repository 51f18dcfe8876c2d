-- The one recipe of customers.search_tsv: words of the name and of the email before its @, and as facets that no word
-- can equal the whole email (m=) and each tag (t=, folded). A change here must be followed by:
-- update public.customers set search_tsv = app.customer_search_vector(full_name, email, custom_tags).
create or replace function app.customer_search_vector(full_name text, email text, custom_tags text[])
returns tsvector
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- Joined and split again: unlike a subquery this stays one expression, and a bulk load feels the difference.
  return strip(to_tsvector(
    'app.catalog_words', app.search_words(full_name || ' ' || split_part(email, '@', 1))
  )) || array_to_tsvector(string_to_array(
    'm=' || email
      || coalesce(E'\x01t=' || app.fold_text(nullif(array_to_string(custom_tags, E'\x01t='), '')), ''),
    E'\x01'
  ));
end;
$$;

comment on function app.customer_search_vector is 'Builds customers.search_tsv from the values it depends on.';
