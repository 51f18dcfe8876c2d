-- Refuses arguments of search_products that no search can have; pointers are the names of the HTTP parameters.
create or replace function app.check_product_search(
  q text,
  brand text,
  tags_any text[],
  allergens_none text[],
  status text,
  sort text,
  page_limit int,
  facets text[]
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if length(q) > 500 then
    perform app.raise_search_problem('/q', 'too_long', 'q has more than 500 characters.');
  end if;
  if length(brand) > 200 then
    perform app.raise_search_problem('/brand', 'too_long', 'brand has more than 200 characters.');
  end if;
  if cardinality(tags_any) > 50 then
    perform app.raise_search_problem('/tags.any', 'too_many', 'tags.any has more than 50 entries.');
  end if;
  if cardinality(allergens_none) > 50 then
    perform app.raise_search_problem('/allergens.none', 'too_many', 'allergens.none has more than 50 entries.');
  end if;
  -- Null is no word: read as none, it would open a filter that has to fail closed.
  if array_position(tags_any, null) is not null then
    perform app.raise_search_problem('/tags.any', 'invalid_type', 'Every entry of tags.any is a word.');
  end if;
  if array_position(allergens_none, null) is not null then
    perform app.raise_search_problem('/allergens.none', 'invalid_type', 'Every entry of allergens.none is a word.');
  end if;
  if status not in ('active', 'inactive') then
    perform app.raise_search_problem('/status', 'invalid_status', 'status is active or inactive.');
  end if;
  if sort not in ('-updated_at', 'relevance') then
    perform app.raise_search_problem('/sort', 'invalid_sort', 'sort is -updated_at or relevance.');
  end if;
  if page_limit is null or page_limit not between 1 and 200 then
    perform app.raise_search_problem('/limit', 'out_of_range', 'limit is 1 to 200.');
  end if;
  if not facets <@ '{brand,category,tags}' then
    perform app.raise_search_problem('/facets', 'unknown_facet', 'facets are brand, category and tags.');
  end if;
end;
$$;

comment on function app.check_product_search is 'Problem 400 for impossible arguments of search_products.';
