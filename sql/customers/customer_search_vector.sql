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
  return strip(to_tsvector(
    'app.catalog_words', app.search_words(full_name || ' ' || split_part(email, '@', 1))
  )) || array_to_tsvector(
    array['m=' || email] || array(select distinct 't=' || app.fold_text(t.tag) from unnest(custom_tags) as t (tag))
  );
end;
$$;

comment on function app.customer_search_vector is 'Builds customers.search_tsv from the values it depends on.';
