-- Gives a vendor functions of its own over its products, whose plans are made once a connection
-- (app.create_vendor_function). Cursors and filters that are not given come as infinities, so that one plan serves all
-- calls.
create or replace function app.create_vendor_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- The order of change.
  perform app.create_vendor_function(
    vendor_id, 'products', 'walk_products',
    'match tsquery, updated_after timestamptz, status text, tier int, before_time timestamptz, before_id uuid, '
    'budget bigint, page_limit int',
    'setof app.product_place', 'set enable_bitmapscan = off set enable_sort = off', app.walk_products_statement()
  );
  -- The search index. No vendor_id, and no other scans: only the search index can then answer it.
  perform app.create_vendor_function(
    vendor_id, 'products', 'match_products',
    'match tsquery, whole tsquery, in_name tsquery, in_name_or_brand tsquery, updated_after timestamptz, status text, '
    'first_tier int, last_tier int, after_tier int, before_time timestamptz, before_id uuid, page_limit int',
    'setof app.product_place', 'set enable_indexscan = off set enable_indexonlyscan = off',
    app.match_products_statement()
  );
  -- Rows by id.
  perform app.create_vendor_function(
    vendor_id, 'products', 'fetch_products', 'ids uuid[], tiers int[]', 'setof jsonb',
    'set enable_hashjoin = off set enable_mergejoin = off', app.fetch_products_statement()
  );
  -- When the catalogue last changed.
  perform app.create_vendor_function(
    vendor_id, 'products', 'newest_product', '', 'setof timestamptz', 'set enable_bitmapscan = off',
    'select max(p.updated_at) from %1$s as p where p.vendor_id = %2$s'
  );
end;
$$;

comment on function app.create_vendor_search is 'Makes the functions of one vendor over its products.';
