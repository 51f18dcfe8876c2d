-- A vendor's products. LIST by vendor, then HASH x 16 by id (partitions are made by app.create_vendor_partitions).
-- The id is derived from vendor and external_id, so the primary key also keeps external_id unique per vendor, and an
-- upsert needs one index. Rows are written only by the functions of this folder: clients may read.
-- Left out on purpose: a foreign key to vendors (a row without its vendor's partition cannot exist) and to the
-- taxonomies (the merge locks each distinct term once a batch instead of once a row; app.refuse_removal_of_used_term
-- guards the other side).
create table public.products (
  vendor_id uuid not null,
  id uuid not null,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  soft_deleted_at timestamptz,
  content_hash bigint,
  source_hash bigint,
  category_id uuid,
  sub_category_id uuid,
  cuisine_id uuid,
  market_id uuid,
  external_id text not null,
  barcode text,
  gtin_type text,
  name text not null,
  brand text,
  description text,
  short_description text,
  nutrition jsonb,
  nutrition_basis text,
  serving_size text,
  package_weight text,
  price numeric(12, 2),
  currency char(3) not null default 'USD',
  status text not null default 'active',
  ingredients text,
  dietary_tags text[],
  allergens text[],
  may_contain text[],
  free_from text[],
  certifications text[],
  regulatory_codes text[],
  source_url text,
  search_tsv tsvector not null,
  primary key (vendor_id, id),
  constraint id_is_derived_from_vendor_and_external_id
    check (id = extensions.uuid_generate_v5(vendor_id, external_id)),
  constraint external_id_is_not_blank check (external_id <> '' and length(external_id) <= 255),
  constraint name_is_not_blank check (name <> '' and length(name) <= 500),
  constraint status_is_active_or_inactive check (status in ('active', 'inactive')),
  constraint price_is_not_negative check (price >= 0 and price <> 'NaN'),
  constraint currency_is_three_capitals check (currency ~ '^[A-Z]{3}$'),
  constraint barcode_has_its_gtin_type check ((barcode is null) = (gtin_type is null)),
  constraint gtin_type_is_the_length_of_the_barcode
    check (
      barcode ~ '^[0-9]+$' and gtin_type = 'GTIN-' || length(barcode)::text and length(barcode) in (8, 12, 13, 14)
    ),
  constraint nutrition_is_an_object check (jsonb_typeof(nutrition) = 'object'),
  constraint nutrition_basis_is_serving_or_100g check (nutrition_basis in ('serving', '100g'))
) partition by list (vendor_id);

comment on table public.products is
  'Products of the catalogue, one row per vendor and external_id. Read here or through search_products; write through '
  'upsert_products, patch_product and delete_product. Filter by vendor_id to read one vendor''s partitions only.';
comment on column public.products.vendor_id is 'The vendor that owns the product.';
comment on column public.products.id is 'Derived: uuid v5 of external_id in the namespace of vendor_id. Never changes.';
comment on column public.products.updated_at is
  'When a value of the product last changed; an identical upsert leaves it alone.';
comment on column public.products.created_at is 'When the product was first stored.';
comment on column public.products.soft_deleted_at is
  'When the product was deleted; null while it lives. An upsert of the same external_id brings it back.';
comment on column public.products.content_hash is
  'Hash of the values as last written by an upsert; equal hashes are taken for equal values.';
comment on column public.products.source_hash is
  'Hash of the file row, its mapping and the vocabulary that the present values came from without any fault; null '
  'after any other write. An equal row of a later file is not even mapped.';
comment on column public.products.category_id is 'Category: a platform term or one of the vendor''s own.';
comment on column public.products.sub_category_id is 'Narrower category: a platform term or one of the vendor''s own.';
comment on column public.products.cuisine_id is 'Cuisine: a platform term or one of the vendor''s own.';
comment on column public.products.market_id is 'Market: a platform term or one of the vendor''s own.';
comment on column public.products.external_id is 'The vendor''s own key of the product. Unique per vendor, immutable.';
comment on column public.products.barcode is
  'GTIN as given, a proven lost leading zero restored. Unique per vendor whatever its notation (product_barcodes).';
comment on column public.products.gtin_type is 'GTIN-8, GTIN-12, GTIN-13 or GTIN-14: the length of the barcode.';
comment on column public.products.name is 'Name shown to people; searched with the greatest weight.';
comment on column public.products.brand is 'Brand; searched, and a filter (case and accents do not matter).';
comment on column public.products.description is 'Long description; not searched.';
comment on column public.products.short_description is 'Short description; searched.';
comment on column public.products.nutrition is
  'Nutrients by canonical key (calories, protein_g, sodium_mg, ...): finite numbers of zero or more, for '
  'nutrition_basis.';
comment on column public.products.nutrition_basis is
  'What the nutrients are counted for: one serving or 100 g; null without nutrition.';
comment on column public.products.serving_size is 'Size of one serving as text, e.g. 30 g.';
comment on column public.products.package_weight is 'Weight or volume of the package as text, e.g. 500 g.';
comment on column public.products.price is 'Price with two decimals, zero or more; null = unknown.';
comment on column public.products.currency is 'ISO 4217 code of the price.';
comment on column public.products.status is 'active or inactive.';
comment on column public.products.ingredients is 'Ingredient list as printed.';
comment on column public.products.dietary_tags is 'Diets and labels by code, e.g. vegan, gluten_free.';
comment on column public.products.allergens is
  'Allergens the product contains, by code; null = nothing is known, empty = declared to contain none; other:... = a '
  'word nobody could place.';
comment on column public.products.may_contain is
  'Allergens it may contain traces of, by code; null = nothing is known.';
comment on column public.products.free_from is
  'Allergens it is declared to be free from, by code; null = nothing is known.';
comment on column public.products.certifications is 'Certifications by code.';
comment on column public.products.regulatory_codes is 'Regulatory codes as given.';
comment on column public.products.search_tsv is
  'Search vector: words of name (A), brand (B), short description (C) and facets (app.product_search_vector).';
comment on column public.products.source_url is 'Where the vendor''s data came from.';

-- The order of every list; walked by common searches, so new versions of rows should find room on their page.
create index products_in_order_of_change on public.products (vendor_id, updated_at desc, id desc);

-- Inserts go to a pending list first (eight times cheaper); how long it may grow is set by who writes:
-- app.upsert_products keeps it short, a file's batches let it grow to gin_pending_list_limit, and a job's end flushes
-- it (app.settle_catalogue). An unflushed list slows every search.
create index products_search on public.products using gin (search_tsv) with (fastupdate = on);

alter table public.products enable row level security;
alter table public.products force row level security;

create policy "members read their vendor's living products" on public.products
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and soft_deleted_at is null);

grant select on public.products to authenticated, service_role;

-- No statistics where they would never choose a plan: search_products picks its plan by app.catalog_lexemes.
insert into app.partitioned_tables (table_name, modulus, columns_without_statistics)
values (
  'products', 16,
  array[
    'content_hash', 'source_hash', 'external_id', 'name', 'description', 'short_description', 'nutrition',
    'serving_size', 'package_weight', 'ingredients', 'dietary_tags', 'allergens', 'may_contain', 'free_from',
    'certifications', 'regulatory_codes', 'source_url', 'search_tsv'
  ]
)
on conflict (table_name) do nothing;
