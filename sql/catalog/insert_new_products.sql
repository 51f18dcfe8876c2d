-- Inserts the rows of merge_plan whose product is not there yet, in the order of their ids. A plain insert: one with
-- "on conflict" looks and marks before it writes, a thirtieth of a new file's merge. A product that somebody else made
-- after we had looked raises OD001: what the row does not say must come from theirs.
create or replace function app.insert_new_products(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
-- Room for a whole batch of a file: sorting and joining it on disk takes longer.
set work_mem = '64MB'
-- The work tables have no statistics; a merge join sorts the batch once more.
set enable_mergejoin = off
as $$
declare
  -- Later than the transaction's start: who polls by updated_at misses less of what commits late.
  v_now constant timestamptz := clock_timestamp();
begin
  insert into public.products (
    vendor_id, id, external_id, content_hash, source_hash, created_at, updated_at, search_tsv, barcode, gtin_type,
    name, brand, description, short_description, category_id, sub_category_id, cuisine_id, market_id, nutrition,
    nutrition_basis, serving_size, package_weight, price, currency, status, ingredients, dietary_tags, allergens,
    may_contain, free_from, certifications, regulatory_codes, source_url
  )
  select
    insert_new_products.vendor_id, r.id, r.external_id, r.content_hash, r.source_hash, v_now, v_now,
    app.product_search_vector(
      r.name, r.brand, r.short_description, array[r.category_id, r.sub_category_id], r.cuisine_id, r.market_id,
      r.dietary_tags, r.allergens, r.may_contain, r.free_from
    ),
    r.barcode, r.gtin_type, r.name, r.brand, r.description, r.short_description, r.category_id, r.sub_category_id,
    r.cuisine_id, r.market_id, r.nutrition,
    case when r.nutrition is not null then coalesce(r.nutrition_basis, 'serving') end,
    r.serving_size, r.package_weight, r.price, coalesce(r.currency, 'USD'), coalesce(r.status, 'active'),
    r.ingredients, r.dietary_tags, r.allergens, r.may_contain, r.free_from, r.certifications, r.regulatory_codes,
    r.source_url
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  where not m.is_found
  order by r.id;
exception when unique_violation then
  raise exception using errcode = 'OD001', message = 'a product was made meanwhile';
end;
$$;

comment on function app.insert_new_products is 'Inserts the products of merge_plan that are not there yet.';
