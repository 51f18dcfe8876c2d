-- A page by walking the order of change and keeping what matches: for lists without words, and for words that match so
-- much that the page is soon full.
create or replace function app.find_customers_by_walk(
  vendor_id uuid, query tsquery, updated_after timestamptz, place app.customer_place, max_rows int
)
returns setof app.customer_place
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_sort = off
set max_parallel_workers_per_gather = 0
as $$
declare
  v_time constant timestamptz := (place).updated_at;
  v_id constant uuid := (place).id;
begin
  return query
  select c.updated_at, c.id
  from public.customers as c
  where c.vendor_id = find_customers_by_walk.vendor_id
    and (find_customers_by_walk.query is null or c.search_tsv @@ find_customers_by_walk.query)
    and c.soft_deleted_at is null
    and (find_customers_by_walk.updated_after is null or c.updated_at > find_customers_by_walk.updated_after)
    and (v_time is null or (c.updated_at, c.id) < (v_time, v_id))
  order by c.updated_at desc, c.id desc
  limit max_rows;
end;
$$;

comment on function app.find_customers_by_walk is 'The next matches of a query after a place, in the order of change.';
