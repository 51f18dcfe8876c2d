-- The rows of merge_plan whose product is there, and locked. Fields that a row does not speak of keep their stored
-- values; a row that turns out to say nothing new is left as it is. An insert that always meets its conflict finds each
-- product by its key; an update joined to work tables, whose size the planner cannot know, reads the whole catalogue.
create or replace function app.update_known_products(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
-- Room for a whole batch of a file: sorting and joining it on disk takes longer.
set work_mem = '64MB'
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  -- Later than the transaction's start: who polls by updated_at misses less of what commits late.
  v_now constant timestamptz := clock_timestamp();
begin
  with final as materialized (
    select
      m.id,
      r.external_id,
      r.content_hash,
      r.source_hash,
      case when m.is_new or 'barcode' = any (r.given) then r.barcode else p.barcode end as barcode,
      case when m.is_new or 'barcode' = any (r.given) then r.gtin_type else p.gtin_type end as gtin_type,
      case when m.is_new or 'name' = any (r.given) then r.name else p.name end as name,
      case when m.is_new or 'brand' = any (r.given) then r.brand else p.brand end as brand,
      case when m.is_new or 'description' = any (r.given) then r.description else p.description end as description,
      case when m.is_new or 'short_description' = any (r.given)
        then r.short_description else p.short_description end as short_description,
      case when m.is_new or 'category' = any (r.given) then r.category_id else p.category_id end as category_id,
      case when m.is_new or 'sub_category' = any (r.given)
        then r.sub_category_id else p.sub_category_id end as sub_category_id,
      case when m.is_new or 'cuisine' = any (r.given) then r.cuisine_id else p.cuisine_id end as cuisine_id,
      case when m.is_new or 'market' = any (r.given) then r.market_id else p.market_id end as market_id,
      case when m.is_new or 'nutrition' = any (r.given) then r.nutrition else p.nutrition end as nutrition,
      case when m.is_new or 'nutrition_basis' = any (r.given)
        then r.nutrition_basis else p.nutrition_basis end as nutrition_basis,
      case when m.is_new or 'serving_size' = any (r.given) then r.serving_size else p.serving_size end as serving_size,
      case when m.is_new or 'package_weight' = any (r.given)
        then r.package_weight else p.package_weight end as package_weight,
      case when m.is_new or 'price' = any (r.given) then r.price else p.price end as price,
      case when m.is_new or 'currency' = any (r.given) then coalesce(r.currency, 'USD') else p.currency end as currency,
      case when m.is_new or 'status' = any (r.given) then coalesce(r.status, 'active') else p.status end as status,
      case when m.is_new or 'ingredients' = any (r.given) then r.ingredients else p.ingredients end as ingredients,
      case when m.is_new or 'dietary_tags' = any (r.given) then r.dietary_tags else p.dietary_tags end as dietary_tags,
      case when m.is_new or 'allergens' = any (r.given) then r.allergens else p.allergens end as allergens,
      case when m.is_new or 'may_contain' = any (r.given) then r.may_contain else p.may_contain end as may_contain,
      case when m.is_new or 'free_from' = any (r.given) then r.free_from else p.free_from end as free_from,
      case when m.is_new or 'certifications' = any (r.given)
        then r.certifications else p.certifications end as certifications,
      case when m.is_new or 'regulatory_codes' = any (r.given)
        then r.regulatory_codes else p.regulatory_codes end as regulatory_codes,
      case when m.is_new or 'source_url' = any (r.given) then r.source_url else p.source_url end as source_url
    from pg_temp.merge_plan as m
    inner join pg_temp.merge_rows as r on r.row_no = m.row_no
    -- "offset 0": found by key, row by row.
    cross join lateral (
      select p.* from public.products as p where p.vendor_id = update_known_products.vendor_id and p.id = m.id offset 0
    ) as p
    where m.is_found
  ),
  written as (
    insert into public.products as p (
      vendor_id, id, external_id, content_hash, source_hash, created_at, updated_at, search_tsv, barcode, gtin_type,
      name, brand, description, short_description, category_id, sub_category_id, cuisine_id, market_id, nutrition,
      nutrition_basis, serving_size, package_weight, price, currency, status, ingredients, dietary_tags, allergens,
      may_contain, free_from, certifications, regulatory_codes, source_url
    )
    select
      update_known_products.vendor_id, f.id, f.external_id, f.content_hash, f.source_hash, v_now, v_now,
      app.product_search_vector(
        f.name, f.brand, f.short_description, array[f.category_id, f.sub_category_id], f.cuisine_id, f.market_id,
        f.dietary_tags, f.allergens, f.may_contain, f.free_from
      ),
      f.barcode, f.gtin_type, f.name, f.brand, f.description, f.short_description, f.category_id, f.sub_category_id,
      f.cuisine_id, f.market_id, f.nutrition,
      case when f.nutrition is not null then coalesce(f.nutrition_basis, 'serving') end,
      f.serving_size, f.package_weight, f.price, f.currency, f.status, f.ingredients, f.dietary_tags, f.allergens,
      f.may_contain, f.free_from, f.certifications, f.regulatory_codes, f.source_url
    from final as f
    order by f.id
    on conflict (vendor_id, id) do update
    set
      content_hash = excluded.content_hash,
      source_hash = excluded.source_hash,
      updated_at = excluded.updated_at,
      search_tsv = excluded.search_tsv,
      barcode = excluded.barcode,
      gtin_type = excluded.gtin_type,
      name = excluded.name,
      brand = excluded.brand,
      description = excluded.description,
      short_description = excluded.short_description,
      category_id = excluded.category_id,
      sub_category_id = excluded.sub_category_id,
      cuisine_id = excluded.cuisine_id,
      market_id = excluded.market_id,
      nutrition = excluded.nutrition,
      nutrition_basis = excluded.nutrition_basis,
      serving_size = excluded.serving_size,
      package_weight = excluded.package_weight,
      price = excluded.price,
      currency = excluded.currency,
      status = excluded.status,
      ingredients = excluded.ingredients,
      dietary_tags = excluded.dietary_tags,
      allergens = excluded.allergens,
      may_contain = excluded.may_contain,
      free_from = excluded.free_from,
      certifications = excluded.certifications,
      regulatory_codes = excluded.regulatory_codes,
      source_url = excluded.source_url,
      soft_deleted_at = null
    where (
      p.barcode, p.gtin_type, p.name, p.brand, p.description, p.short_description, p.category_id,
      p.sub_category_id, p.cuisine_id, p.market_id, p.nutrition, p.nutrition_basis, p.serving_size,
      p.package_weight, p.price, p.currency, p.status, p.ingredients, p.dietary_tags, p.allergens, p.may_contain,
      p.free_from, p.certifications, p.regulatory_codes, p.source_url
    ) is distinct from (
      excluded.barcode, excluded.gtin_type, excluded.name, excluded.brand, excluded.description,
      excluded.short_description, excluded.category_id, excluded.sub_category_id, excluded.cuisine_id,
      excluded.market_id, excluded.nutrition, excluded.nutrition_basis, excluded.serving_size,
      excluded.package_weight, excluded.price, excluded.currency, excluded.status, excluded.ingredients,
      excluded.dietary_tags, excluded.allergens, excluded.may_contain, excluded.free_from, excluded.certifications,
      excluded.regulatory_codes, excluded.source_url
    )
      or p.soft_deleted_at is not null
      or p.id in (select m.id from pg_temp.merge_plan as m where m.images_changed)
    returning p.id
  )
  update pg_temp.merge_plan as m
  set written = 'updated'
  from written as w
  where w.id = m.id;
end;
$$;

comment on function app.update_known_products is 'Updates the products of merge_plan that are there and changed.';
