-- Keeps a computed match for 15 minutes in the place of older ones of the customer, and remembers what was shown.
create or replace function app.store_matches(
  vendor_id uuid, customer_id uuid, catalog_version bigint, inputs_hash text, k int, matches jsonb
)
returns public.matches_cache
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := clock_timestamp();
  v_row public.matches_cache;
begin
  delete from public.matches_cache as c
  where c.vendor_id = store_matches.vendor_id and c.customer_id = store_matches.customer_id
    and c.catalog_version <> store_matches.catalog_version;
  insert into public.matches_cache as c (
    vendor_id, customer_id, catalog_version, results, ttl_at, k, inputs_hash, excluded, generated_at
  )
  values (
    store_matches.vendor_id, store_matches.customer_id, store_matches.catalog_version,
    store_matches.matches -> 'results', v_now + interval '15 minutes', store_matches.k, store_matches.inputs_hash,
    store_matches.matches -> 'excluded', v_now
  )
  on conflict (vendor_id, customer_id, catalog_version) do update
  set results = excluded.results, ttl_at = excluded.ttl_at, k = excluded.k, inputs_hash = excluded.inputs_hash,
    excluded = excluded.excluded, generated_at = excluded.generated_at
  returning c.* into v_row;

  insert into app.delivered_matches as d (vendor_id, product_id, customer_id, last_at)
  select store_matches.vendor_id, (r.result ->> 'product_id')::uuid, store_matches.customer_id, v_now
  from jsonb_array_elements(store_matches.matches -> 'results') as r (result)
  order by 2
  on conflict (vendor_id, product_id, customer_id) do update set last_at = excluded.last_at;
  return v_row;
end;
$$;

comment on function app.store_matches is 'Caches a match and remembers its products as delivered.';
