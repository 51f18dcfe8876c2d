-- The one shape of a product in answers: every field of the item that upsert_products takes, and what the server adds.
-- Money is a string with two decimals, times are RFC 3339 in UTC. The score is shown when there is one.
create or replace function app.product_document(product public.products, images jsonb, score real)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_document constant jsonb := jsonb_build_object(
    'id', product.id,
    'vendor_id', product.vendor_id,
    'external_id', product.external_id,
    'barcode', product.barcode,
    'gtin_type', product.gtin_type,
    'name', product.name,
    'brand', product.brand,
    'description', product.description,
    'short_description', product.short_description,
    'category_id', product.category_id,
    'sub_category_id', product.sub_category_id,
    'cuisine_id', product.cuisine_id,
    'market_id', product.market_id,
    'nutrition', product.nutrition,
    'nutrition_basis', product.nutrition_basis,
    'serving_size', product.serving_size,
    'package_weight', product.package_weight,
    'price', product.price::text,
    'currency', product.currency,
    'status', product.status,
    'ingredients', product.ingredients,
    'dietary_tags', product.dietary_tags,
    'allergens', product.allergens,
    'may_contain', product.may_contain,
    'free_from', product.free_from,
    'certifications', product.certifications,
    'regulatory_codes', product.regulatory_codes,
    'source_url', product.source_url,
    'images', coalesce(images, '[]'),
    'created_at', to_char(product.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(product.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
begin
  if score is null then
    return v_document;
  end if;
  return jsonb_set(v_document, '{score}', to_jsonb(score));
end;
$$;

comment on function app.product_document is 'A product with its pictures, and a score, as answers show it.';
grant execute on function app.product_document to authenticated, service_role;
