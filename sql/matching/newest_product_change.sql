-- When a vendor's catalogue last changed, in microseconds since 1970; 0 while it is empty.
create or replace function app.newest_product_change(vendor_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
declare
  v_key constant text := replace(newest_product_change.vendor_id::text, '-', '');
  v_newest timestamptz;
begin
  execute format('select * from partitions.newest_product_%s()', v_key) into v_newest;
  return coalesce((extract(epoch from v_newest) * 1000000)::bigint, 0);
end;
$$;

comment on function app.newest_product_change is
  'The newest change of a vendor''s products in microseconds since 1970.';
