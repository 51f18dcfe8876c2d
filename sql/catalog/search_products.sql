-- What GET /v1/products, GET /v1/search/products and rpc('search_products') call.
create or replace function public.search_products(
  q text default null,
  brand text default null,
  category_id uuid default null,
  tags_any text[] default null,
  allergens_none text[] default null,
  updated_after timestamptz default null,
  status text default null,
  sort text default null,
  cursor text default null,
  page_limit int default 50,
  prefix boolean default null,
  facets text[] default null,
  highlight boolean default false
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.search_products(
    search_products.q, search_products.brand, search_products.category_id, search_products.tags_any,
    search_products.allergens_none, search_products.updated_after, search_products.status, search_products.sort,
    search_products.cursor, search_products.page_limit, search_products.prefix, search_products.facets,
    search_products.highlight
  );
end;
$$;

comment on function public.search_products is
  'Products of the caller''s vendor by words and filters, as {"data", "next_cursor"}. Order: with words and sort '
  'relevance, those with every word in the name first, then name or brand, then the rest, each newest change first; '
  'else newest change first. prefix: the last word may be unfinished (null: only when nothing has it as it is). When '
  'nothing matches, words nobody uses are corrected, and {"corrected": {"from", "to"}} says so. facets (brand, '
  'category, tags) counts the matches by value; highlight marks what was found.';
grant execute on function public.search_products to authenticated;
