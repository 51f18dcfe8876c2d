-- Gives a vendor search functions of its own, which name its part of products: walk_products (the order of change),
-- match_products (the search index), fetch_products (rows by id). Planning one of these statements over 16 leaves takes
-- 0.6 to 0.9 ms and running it 0.05 to 0.2, so their plans are made once a connection and kept. A plan kept for
-- public.products would hold, and lock, the leaves of all vendors. Cursors and filters that are not given come as
-- infinities, so that one plan serves all calls. Only app.search_products, a definer, reaches the schema.
create or replace function app.create_vendor_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- enable_*: with one plan for all, the planner must not be led astray by a small or a not yet analysed table.
  settings constant text :=
    'language plpgsql stable set search_path = '''' set plan_cache_mode = force_generic_plan set jit = off '
    'set max_parallel_workers_per_gather = 0 set enable_seqscan = off ';
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
  v_key constant text := replace(vendor_id::text, '-', '');
begin
  for v_n in 1 .. cardinality(names) loop
    execute format(
      'create or replace function partitions.%I(%s) returns %s %s %s as %L',
      names[v_n] || '_' || v_key, arguments[v_n], results[v_n], settings, plans[v_n],
      format(
        E'#variable_conflict use_variable\nbegin\n  return query\n%s;\nend;',
        format(statements[v_n], format('partitions.%I', 'products_' || v_key), format('%L::uuid', vendor_id))
      )
    );
    execute format(
      'comment on function partitions.%I is %L', names[v_n] || '_' || v_key,
      'Made by app.create_vendor_search: never edit.'
    );
  end loop;
end;
$$;

comment on function app.create_vendor_search is 'Makes the search functions of one vendor.';
