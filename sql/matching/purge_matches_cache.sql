-- Removes cached matches whose time is over, a bounded number a call. A schedule calls it.
create or replace function app.purge_matches_cache(max_rows int default 10000, at timestamptz default clock_timestamp())
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed bigint;
begin
  delete from public.matches_cache as c
  where c.ctid = any (array(
    select o.ctid from public.matches_cache as o
    where o.ttl_at < purge_matches_cache.at
    order by o.ttl_at
    limit purge_matches_cache.max_rows
    for update skip locked
  ));
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;

comment on function app.purge_matches_cache is
  'Removes up to max_rows cached matches whose time is over; returns how many.';
grant execute on function app.purge_matches_cache to service_role;
