-- Takes a vendor's cells and classes anew (half a second for 500,000 products). Called by the matching itself when too
-- much was written since, and by anybody after a large load. Only one at a time; the others go on with what there is.
create or replace function app.refresh_match_statistics(vendor_id uuid)
returns boolean
language plpgsql
volatile
set search_path = ''
set work_mem = '64MB'
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := refresh_match_statistics.vendor_id;
  -- Taken first: a row seen below twice is harmless, one missed is not.
  v_horizon constant xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_products bigint;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('match statistics ' || v_vendor_id, 0)) then
    return false;
  end if;
  delete from app.match_cells as c where c.vendor_id = v_vendor_id;
  insert into app.match_cells
  select
    v_vendor_id, f.cell, count(*), max(f.changed_at), bit_and(f.unsafe | f.unproven), bit_and(f.unsafe), bit_or(f.tags),
    (count(f.calories) < count(*))::int | ((count(f.protein_g) < count(*))::int << 1)
      | ((count(f.carbs_g) < count(*))::int << 2) | ((count(f.fat_g) < count(*))::int << 3)
      | ((count(f.sat_fat_g) < count(*))::int << 4) | ((count(f.trans_fat_g) < count(*))::int << 5)
      | ((count(f.sugar_g) < count(*))::int << 6) | ((count(f.added_sugar_g) < count(*))::int << 7)
      | ((count(f.fiber_g) < count(*))::int << 8) | ((count(f.sodium_mg) < count(*))::int << 9)
      | ((count(f.cholesterol_mg) < count(*))::int << 10) | ((count(f.potassium_mg) < count(*))::int << 11)
      | ((count(f.phosphorus_mg) < count(*))::int << 12) | ((count(f.iron_mg) < count(*))::int << 13)
      | ((count(f.caffeine_mg) < count(*))::int << 14) | ((count(f.alcohol_g) < count(*))::int << 15),
    min(f.calories), min(f.protein_g), min(f.carbs_g), min(f.fat_g), min(f.sat_fat_g), min(f.trans_fat_g),
    min(f.sugar_g), min(f.added_sugar_g), min(f.fiber_g), min(f.sodium_mg), min(f.cholesterol_mg), min(f.potassium_mg),
    min(f.phosphorus_mg), min(f.iron_mg), min(f.caffeine_mg), min(f.alcohol_g), max(f.protein_g), max(f.fiber_g),
    max(f.iron_mg)
  from app.product_match_facts as f
  where f.vendor_id = v_vendor_id
  group by f.cell;

  delete from app.match_classes as c where c.vendor_id = v_vendor_id;
  insert into app.match_classes
  select v_vendor_id, f.unsafe, f.unproven, f.tags, count(*)
  from app.product_match_facts as f
  where f.vendor_id = v_vendor_id
  group by f.unsafe, f.unproven, f.tags;

  select coalesce(sum(c.products), 0) into v_products from app.match_cells as c where c.vendor_id = v_vendor_id;
  insert into app.match_statistics as s (vendor_id, horizon, products)
  values (v_vendor_id, v_horizon, v_products)
  on conflict (vendor_id) do update
  set horizon = excluded.horizon, products = excluded.products, taken_at = clock_timestamp();
  return true;
end;
$$;

comment on function app.refresh_match_statistics is
  'Takes the statistics of a vendor''s facts anew; false when somebody else is at it.';
grant execute on function app.refresh_match_statistics to service_role;
