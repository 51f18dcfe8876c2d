-- Gives a vendor search functions of its own, whose plans are made once a connection (app.create_vendor_function):
-- walk_products (the order of change), match_products (the search index), fetch_products (rows by id). Cursors and
-- filters that are not given come as infinities, so that one plan serves all calls.
create or replace function app.create_vendor_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  statements constant text[] := array[
    app.walk_products_statement(), app.match_products_statement(), app.fetch_products_statement()
  ];
  names constant text[] := array['walk_products', 'match_products', 'fetch_products'];
  arguments constant text[] := array[
    'match tsquery, updated_after timestamptz, status text, tier int, before_time timestamptz, before_id uuid, '
    'budget bigint, page_limit int',
    'match tsquery, whole tsquery, in_name tsquery, in_name_or_brand tsquery, updated_after timestamptz, status text, '
    'first_tier int, last_tier int, after_tier int, before_time timestamptz, before_id uuid, page_limit int',
    'ids uuid[], tiers int[]'
  ];
  results constant text[] := array['setof app.product_place', 'setof app.product_place', 'setof jsonb'];
  -- No vendor_id in match_products, and no other scans: only the search index can then answer it.
  plans constant text[] := array[
    'set enable_bitmapscan = off set enable_sort = off', 'set enable_indexscan = off set enable_indexonlyscan = off',
    'set enable_hashjoin = off set enable_mergejoin = off'
  ];
begin
  for v_n in 1 .. cardinality(names) loop
    perform app.create_vendor_function(
      vendor_id, 'products', names[v_n], arguments[v_n], results[v_n], plans[v_n], statements[v_n]
    );
  end loop;
end;
$$;

comment on function app.create_vendor_search is 'Makes the search functions of one vendor.';
