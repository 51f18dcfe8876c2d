-- Removes cached matches whose time is over; called on a schedule.
create or replace function app.purge_matches_cache()
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed bigint;
begin
  delete from public.matches_cache as c where c.ttl_at < clock_timestamp();
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;

comment on function app.purge_matches_cache is 'Removes cached matches whose time is over; returns how many.';
grant execute on function app.purge_matches_cache to service_role;
