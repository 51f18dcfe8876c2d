-- Items of a call into staging, as text, with the list of fields each of them carries. Only items of sound shape.
create or replace function app.stage_product_items(
  vendor_id uuid,
  batch_id uuid,
  items jsonb,
  nutrients jsonb,
  without bigint[]
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  blanks constant text := E' \t\r\n\u00a0';
begin
  insert into public.stg_products (
    batch_id, row_no, vendor_id, present, external_id, barcode, name, brand, description, short_description, category,
    category_id, sub_category, sub_category_id, cuisine, cuisine_id, market, market_id, nutrition, nutrition_basis,
    serving_size, package_weight, price, currency, status, ingredients, dietary_tags, allergens, may_contain, free_from,
    certifications, regulatory_codes, source_url, images
  )
  select
    stage_product_items.batch_id,
    e.row_no,
    stage_product_items.vendor_id,
    array(
      select distinct f.given_as
      from app.product_item_fields() as f
      where e.item ? f.field
      order by 1
    ),
    btrim(e.item ->> 'external_id', blanks),
    e.item ->> 'barcode',
    btrim(e.item ->> 'name', blanks),
    btrim(e.item ->> 'brand', blanks),
    btrim(e.item ->> 'description', blanks),
    btrim(e.item ->> 'short_description', blanks),
    e.item ->> 'category', e.item ->> 'category_id', e.item ->> 'sub_category', e.item ->> 'sub_category_id',
    e.item ->> 'cuisine', e.item ->> 'cuisine_id', e.item ->> 'market', e.item ->> 'market_id',
    (
      select jsonb_object_agg(app.nutrient_key(n.key, stage_product_items.nutrients), n.value)
      from jsonb_each(nullif(e.item -> 'nutrition', 'null')) as n
      where n.value <> 'null'
    ),
    btrim(e.item ->> 'nutrition_basis', blanks),
    btrim(e.item ->> 'serving_size', blanks),
    btrim(e.item ->> 'package_weight', blanks),
    btrim(e.item ->> 'price', blanks),
    btrim(e.item ->> 'currency', blanks),
    btrim(e.item ->> 'status', blanks),
    btrim(e.item ->> 'ingredients', blanks),
    app.json_texts(e.item -> 'dietary_tags'), app.json_texts(e.item -> 'allergens'),
    app.json_texts(e.item -> 'may_contain'), app.json_texts(e.item -> 'free_from'),
    app.json_texts(e.item -> 'certifications'), app.json_texts(e.item -> 'regulatory_codes'),
    btrim(e.item ->> 'source_url', blanks),
    (
      select jsonb_agg(
        case jsonb_typeof(i.image) when 'string' then jsonb_build_object('url', i.image) else i.image - 'order' end
        order by coalesce(i.image -> 'order', to_jsonb(i.place)), i.place
      )
      from jsonb_array_elements(nullif(e.item -> 'images', 'null')) with ordinality as i (image, place)
    )
  from (
    select i.place - 1 as row_no, i.item
    from jsonb_array_elements(stage_product_items.items) with ordinality as i (item, place)
  ) as e
  where e.row_no <> all (stage_product_items.without);
end;
$$;

comment on function app.stage_product_items is 'Stages product items of a call.';
