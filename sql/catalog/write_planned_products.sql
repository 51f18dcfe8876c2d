-- Sixth step of a merge: the rows of merge_plan into products. Rows are locked, then made, in the order of their ids,
-- so that two merges of the same keys follow each other instead of waiting in a circle.
create or replace function app.write_planned_products(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_any_known boolean;
begin
  -- Partial rows are completed from the stored ones, which must not change in between. "offset 0": found by key, in
  -- this order. As a join it reads the whole catalogue for every batch.
  perform
  from (select m.id from pg_temp.merge_plan as m where m.is_found order by m.id) as m
  cross join lateral (
    select
    from public.products as p
    where p.vendor_id = write_planned_products.vendor_id and p.id = m.id
    offset 0
    for no key update
  ) as p;
  v_any_known := found;

  -- A product whose barcode or life changed since it was planned would claim, or keep, what nobody checked. A statement
  -- of its own, to see what others committed while we waited for the locks.
  if v_any_known and exists (
    select
    from pg_temp.merge_plan as m
    inner join public.products as p on p.vendor_id = write_planned_products.vendor_id and p.id = m.id
    where m.is_found
      and (
        m.is_new is distinct from (p.soft_deleted_at is not null)
        or m.old_gtin14 is distinct from case when p.soft_deleted_at is null then lpad(p.barcode, 14, '0') end
      )
  ) then
    raise exception using errcode = 'OD001', message = 'a product changed its barcode meanwhile';
  end if;

  if v_any_known then
    perform app.update_known_products(write_planned_products.vendor_id);
  end if;
  if exists (select from pg_temp.merge_plan as m where not m.is_found) then
    perform app.insert_new_products(write_planned_products.vendor_id);
  end if;
end;
$$;

comment on function app.write_planned_products is
  'Inserts and updates the products of merge_plan and marks what was written.';
