-- Takes a vendor's statistics anew when so much was written since that looking at it one by one costs more.
create or replace function app.keep_match_statistics(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_statistics app.match_statistics;
  v_most bigint;
begin
  select s.* into v_statistics from app.match_statistics as s where s.vendor_id = keep_match_statistics.vendor_id;
  -- A transaction that is still under way keeps the horizon where it is: nothing to gain yet.
  if v_statistics.horizon = pg_snapshot_xmin(pg_current_snapshot()) then
    return;
  end if;
  v_most := greatest(2000, coalesce(v_statistics.products, 0) / 50);
  if (
    select count(*)
    from (
      select
      from app.product_match_facts as f
      where f.vendor_id = keep_match_statistics.vendor_id and f.written_by >= coalesce(v_statistics.horizon, '0')
      limit v_most + 1
    ) as written
  ) > v_most then
    perform app.refresh_match_statistics(keep_match_statistics.vendor_id);
  end if;
end;
$$;

comment on function app.keep_match_statistics is 'Refreshes the statistics of a vendor''s facts when they are too old.';
