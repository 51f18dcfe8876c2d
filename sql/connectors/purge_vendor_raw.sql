-- Removes raw pages past their retention, a batch at a time; a schedule calls it.
create or replace function app.purge_vendor_raw(
  most int, keep interval default interval '30 days', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.stg_vendor_raw as r
  where r.id in (
    select o.id from public.stg_vendor_raw as o
    where o.fetched_at < purge_vendor_raw.at - purge_vendor_raw.keep
    order by o.fetched_at
    limit purge_vendor_raw.most
    for update skip locked
  );
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_vendor_raw is 'Removes at most so many expired raw pages; how many it were.';
