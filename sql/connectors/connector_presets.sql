-- Ready configurations of well-known product APIs, as data: what PUT /v1/connectors/{source} fills in where the caller
-- says nothing. A connector keeps what it was made of, so a preset that changes later changes no connector.
create table app.connector_presets (
  name text not null,
  config jsonb not null,
  constraint connector_presets_pkey primary key (name),
  constraint name_is_a_word check (name ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint config_is_an_object check (jsonb_typeof(config) = 'object')
);
comment on table app.connector_presets is 'Ready configurations of connectors; see docs/connectors.md.';
comment on column app.connector_presets.name is 'What `preset` of a connector names.';
comment on column app.connector_presets.config is 'Members of a connector''s configuration, as the API takes them.';
alter table app.connector_presets enable row level security;
alter table app.connector_presets force row level security;

-- Both APIs name things as their documentation does. Open Food Facts asks for at most 10 searches a minute; its field
-- names are those of its files, which the header dictionary knows, once the nutrients stand beside the other fields.
-- Of Shopify's products every variant is a product here: it has the price and the barcode.
insert into app.connector_presets (name, config)
values
('open_food_facts', jsonb_build_object(
  'base_url', 'https://world.openfoodfacts.org/api/v2/search?fields='
  'code,product_name,generic_name,brands,categories,labels_tags,countries,quantity,serving_size,serving_quantity,'
  'nutrition_data_per,ingredients_text,allergens_tags,traces_tags,nutriments,image_url,url,last_modified_t'
) || $${
  "auth": {"type": "none"},
  "rate_limit_rpm": 10,
  "paging": {
    "type": "page", "param": "page", "first": 1, "size_param": "page_size", "size": 100, "total_path": "count"
  },
  "record_path": "products",
  "unwrap": ["nutriments"]
}$$::jsonb),
('shopify', $${
  "auth": {"type": "api_key", "place": "header", "name": "X-Shopify-Access-Token"},
  "rate_limit_rpm": 120,
  "paging": {"type": "link_header", "size_param": "limit", "size": 250},
  "record_path": "products",
  "explode": "variants",
  "mapping": {
    "variants.id": {"field": "external_id"},
    "variants.barcode": {"field": "barcode"},
    "variants.price": {"field": "price"},
    "variants.grams": {
      "field": "package_weight", "ops": [{"op": "null_if", "values": ["0"]}, {"op": "concat", "after": " g"}]
    },
    "title": {"field": "name"},
    "vendor": {"field": "brand"},
    "body_html": {"field": "description", "ops": ["strip_html", "decode_entities", "collapse_blanks"]},
    "product_type": {"field": "category"},
    "images.src": {"field": "image_url"},
    "status": {
      "field": "status", "ops": [{"op": "map", "values": {"draft": "inactive", "archived": "inactive"}}]
    },
    "id": null,
    "handle": null
  },
  "increments": {"param": "updated_at_min", "format": "rfc3339", "overlap_seconds": 300}
}$$)
on conflict on constraint connector_presets_pkey do update set config = excluded.config;
