-- A cached match that still holds and has at least k results asked for; null when there is none.
create or replace function app.find_cached_matches(
  vendor_id uuid, customer_id uuid, catalog_version bigint, inputs_hash text, k int
)
returns public.matches_cache
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_row public.matches_cache;
begin
  select c.* into v_row
  from public.matches_cache as c
  where c.vendor_id = find_cached_matches.vendor_id
    and c.customer_id = find_cached_matches.customer_id
    and c.catalog_version = find_cached_matches.catalog_version
    and c.inputs_hash = find_cached_matches.inputs_hash
    and c.k >= find_cached_matches.k
    and c.ttl_at > clock_timestamp();
  return v_row;
end;
$$;

comment on function app.find_cached_matches is 'A cached match that still holds, or null.';
