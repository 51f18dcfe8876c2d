-- Matches of a query by the search index, in no order and no more than so many: leaf after leaf is read until there are
-- enough. Whoever gets fewer than asked for has them all.
create or replace function app.find_customers_by_index(
  vendor_id uuid, query tsquery, updated_after timestamptz, max_rows int
)
returns setof app.customer_place
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
set enable_indexscan = off
set max_parallel_workers_per_gather = 0
as $$
begin
  return query
  select c.updated_at, c.id
  from public.customers as c
  where c.vendor_id = find_customers_by_index.vendor_id
    and c.search_tsv @@ find_customers_by_index.query
    and c.soft_deleted_at is null
    and (find_customers_by_index.updated_after is null or c.updated_at > find_customers_by_index.updated_after)
  limit max_rows;
end;
$$;

comment on function app.find_customers_by_index is 'Up to so many matches of a query, unordered.';
