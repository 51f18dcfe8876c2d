-- Generated from sql/catalog/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/catalog/search_configuration.sql
-- The one text search configuration of the catalogue: folding (accents, case) happens inside it, so that what is
-- indexed and what is asked can never be folded differently. Only tokens with non-ASCII letters pay for unaccent.
-- Compound tokens (hosts, paths, hyphenated words) are left out: app.search_words has already taken them apart.
do $$
begin
  if not exists (
    select
    from pg_catalog.pg_ts_config
    where cfgname = 'catalog_words'
      and cfgnamespace = 'app'::regnamespace
  ) then
    create text search configuration app.catalog_words (parser = pg_catalog."default");
    alter text search configuration app.catalog_words
      add mapping for asciiword, hword_asciipart, int, uint, float, sfloat, version with pg_catalog.simple;
    alter text search configuration app.catalog_words
      add mapping for word, numword, hword_part, hword_numpart with extensions.unaccent, pg_catalog.simple;
  end if;
end;
$$;

comment on text search configuration app.catalog_words is
  'Words of the catalogue: unaccented, lower case, no stemming, no stop words. Used for indexing and for asking alike.';

-- sql/catalog/products.sql
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

-- sql/catalog/product_barcodes.sql
-- Who owns which GTIN: the unique constraint on a partitioned table would have to contain the hash key, so uniqueness
-- of a barcode per vendor has a table of its own. Keyed by the 14-digit form: 0036000291452 and 036000291452 are one
-- article.
-- Written by the merge only, always in the order of gtin14, so that two writers cannot wait for each other.
create table public.product_barcodes (
  vendor_id uuid not null,
  gtin14 text not null,
  product_id uuid not null,
  primary key (vendor_id, gtin14),
  constraint gtin14_has_fourteen_digits check (gtin14 ~ '^[0-9]+$' and length(gtin14) = 14)
);

comment on table public.product_barcodes is 'Barcodes in use, one owner each per vendor, in 14-digit form.';
comment on column public.product_barcodes.vendor_id is 'The vendor whose catalogue it is.';
comment on column public.product_barcodes.gtin14 is 'The barcode padded to 14 digits.';
comment on column public.product_barcodes.product_id is 'The product that carries the barcode.';

alter table public.product_barcodes enable row level security;
alter table public.product_barcodes force row level security;

create policy "members read their vendor's barcodes" on public.product_barcodes
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_barcodes to authenticated, service_role;

-- sql/catalog/product_images.sql
-- Pictures of products, in the order to show them. Replaced as a whole when an upsert brings images.
-- The primary key starts with the product, so one index finds a product's pictures and keeps a url from appearing
-- twice.
create table public.product_images (
  vendor_id uuid not null,
  product_id uuid not null,
  id uuid not null,
  url text not null,
  alt text,
  "order" integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (vendor_id, product_id, id),
  constraint id_is_derived_from_product_and_url check (id = extensions.uuid_generate_v5(product_id, url)),
  constraint url_is_http check (url ~ '^https?://' and length(url) <= 2048),
  constraint order_is_not_negative check ("order" >= 0)
);

comment on table public.product_images is 'Pictures of products. Given as images of an upserted product.';
comment on column public.product_images.vendor_id is 'The vendor that owns the product.';
comment on column public.product_images.product_id is 'The product shown.';
comment on column public.product_images.id is 'Derived: uuid v5 of the url in the namespace of the product.';
comment on column public.product_images.url is 'Where the picture is; http or https.';
comment on column public.product_images.alt is 'What the picture shows, in words.';
comment on column public.product_images."order" is 'Position, from 0.';
comment on column public.product_images.created_at is 'When the picture was first stored.';
comment on column public.product_images.updated_at is 'When its text or position last changed.';

alter table public.product_images enable row level security;
alter table public.product_images force row level security;

create policy "members read their vendor's pictures" on public.product_images
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_images to authenticated, service_role;

-- sql/catalog/product_sources.sql
-- Lineage: where the present values of a product last came from, at most one row per product and kind of source.
-- A row is written only when the product was inserted or changed, so an identical re-upload costs nothing here.
create table public.product_sources (
  vendor_id uuid not null,
  product_id uuid not null,
  source text not null,
  id uuid not null default gen_random_uuid(),
  source_ref text,
  ingestion_job_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (vendor_id, product_id, source),
  constraint source_is_csv_or_api check (source in ('csv', 'api'))
);

comment on table public.product_sources is
  'Lineage of products: the last file line and the last API call that changed each.';
comment on column public.product_sources.vendor_id is 'The vendor that owns the product.';
comment on column public.product_sources.product_id is 'The product.';
comment on column public.product_sources.source is 'csv for a file, api for a call or a connector.';
comment on column public.product_sources.id is 'Identifies the row.';
comment on column public.product_sources.source_ref is
  'The line of the file, the record of the sync, or the request id of the call; null when unknown.';
comment on column public.product_sources.ingestion_job_id is 'The job that brought the values; null for a direct call.';
comment on column public.product_sources.created_at is 'When this kind of source first wrote the product.';
comment on column public.product_sources.updated_at is 'When it last changed the product.';

alter table public.product_sources enable row level security;
alter table public.product_sources force row level security;

create policy "members read their vendor's lineage" on public.product_sources
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_sources to authenticated, service_role;

-- sql/catalog/stg_products.sql
-- Products on their way in: one row per item of a call or line of a file, everything as text, checked by
-- app.merge_staged_products, which also removes the batch. Unlogged: after a crash it is empty, and its writer starts
-- over.
create unlogged table public.stg_products (
  batch_id uuid not null,
  row_no bigint not null,
  vendor_id uuid not null,
  job_id uuid,
  present text[],
  external_id text,
  barcode text,
  name text,
  brand text,
  description text,
  short_description text,
  category text,
  category_id text,
  sub_category text,
  sub_category_id text,
  cuisine text,
  cuisine_id text,
  market text,
  market_id text,
  nutrition jsonb,
  nutrition_basis text,
  serving_size text,
  package_weight text,
  price text,
  currency text,
  status text,
  ingredients text,
  dietary_tags text[],
  allergens text[],
  may_contain text[],
  free_from text[],
  certifications text[],
  regulatory_codes text[],
  source_url text,
  images jsonb,
  raw jsonb,
  source_hash bigint,
  nutrition_is_sound boolean,
  primary key (batch_id, row_no)
);

comment on table public.stg_products is
  'Staging of products, texts trimmed; emptied by the merge of each batch. No client can read it.';
comment on column public.stg_products.batch_id is 'One merge handles one batch of one vendor.';
comment on column public.stg_products.row_no is
  'Position in the call (from 0) or line of the file; the last row of a key wins.';
comment on column public.stg_products.vendor_id is 'The vendor; the same in every row of a batch.';
comment on column public.stg_products.job_id is 'The ingestion job; null for a call.';
comment on column public.stg_products.present is
  'Fields this row speaks about: those keep no stored value. Null: see the fields argument of '
  'app.merge_staged_products.';
comment on column public.stg_products.nutrition is 'Canonical nutrient keys to numbers.';
comment on column public.stg_products.nutrition_is_sound is
  'Whether whoever staged the row made sure that its nutrients are known ones and amounts; the merge looks at the '
  'others.';
comment on column public.stg_products.allergens is
  'Raw words; the merge finds their codes. Null = unknown, empty = declared none.';
comment on column public.stg_products.images is 'Array of {"url", "alt"} in the order to show.';
comment on column public.stg_products.raw is 'The source record, repeated in its error rows.';
comment on column public.stg_products.source_hash is 'See products.source_hash; null for a call.';

alter table public.stg_products enable row level security;
alter table public.stg_products force row level security;

-- sql/catalog/gtin.sql
-- What app.parse_gtin answers.
create type app.gtin as (barcode text, gtin14 text, gtin_type text, fault text);
comment on type app.gtin is
  'A barcode that was read: as stored, padded to 14 digits, its type; or the fault that forbids it.';

-- sql/catalog/product_search.sql
-- A search that was read and checked: what app.search_products hands to the two ways of finding a page.
create type app.product_search as (
  vendor_id uuid,
  vendor_key text,
  match tsquery,
  probe tsquery,
  in_name tsquery,
  in_name_or_brand tsquery,
  names tsquery,
  recheck boolean,
  by_relevance boolean,
  nothing boolean,
  updated_after timestamptz,
  status text,
  words text[],
  beginning text,
  any_of text[],
  none_of text[]
);
comment on type app.product_search is
  'A checked search: the vendor, queries by section, what the index is asked for (probe, names) and whether its rows '
  'must be checked again, filters, the words (the unfinished one apart), and the lexemes to estimate by.';

-- sql/catalog/product_place.sql
-- A place in the order of a search: tier, then newest change, then greatest id.
create type app.product_place as (tier int, updated_at timestamptz, id uuid);
comment on type app.product_place is 'Where a product stands in the order of a search.';

-- sql/catalog/product_reading.sql
-- How the words of a search are read: the text, whether its last word may be unfinished, whether it was corrected.
create type app.product_reading as (q text, prefix boolean, corrected boolean);
comment on type app.product_reading is 'How the words of a search are read.';

-- sql/catalog/facet_row.sql
-- What a product adds to the facet counts of a search.
create type app.facet_row as (brand text, category_id uuid, dietary_tags text[]);
comment on type app.facet_row is 'The facets of one match.';

-- sql/catalog/catalog_lexemes.sql
-- The words of a vendor and how common the common words and facets are: search_products chooses its plan by the
-- counts, never its result, and looks up here what a mistyped word may have been. Words in fewer than one of a thousand
-- products are kept without counts, rare facets not at all.
create table app.catalog_lexemes (
  vendor_id uuid not null references public.vendors (id) on delete cascade,
  lexeme text collate "C" not null,
  anywhere bigint not null default 0,
  in_name bigint not null default 0,
  in_name_or_brand bigint not null default 0,
  primary key (vendor_id, lexeme)
);

-- For typing errors: words alike. Facets hold =, which no word does.
create index catalog_words_alike on app.catalog_lexemes
using gin (vendor_id, lexeme extensions.gin_trgm_ops)
where (strpos(lexeme, '=') = 0);

comment on table app.catalog_lexemes is 'Words of a vendor, and estimated numbers of products with the common ones.';
comment on column app.catalog_lexemes.anywhere is 'Products with the lexeme anywhere; 0 when rare.';
comment on column app.catalog_lexemes.in_name is 'Products with the lexeme in the name.';
comment on column app.catalog_lexemes.in_name_or_brand is 'Products with the lexeme in name or brand.';

alter table app.catalog_lexemes enable row level security;
alter table app.catalog_lexemes force row level security;

-- sql/catalog/catalog_statistics.sql
-- How many products a vendor had when its word counts were taken, and how many changed since.
create table app.catalog_statistics (
  vendor_id uuid primary key references public.vendors (id) on delete cascade,
  products bigint not null default 0,
  changes bigint not null default 0,
  taken_at timestamptz not null default now()
);

comment on table app.catalog_statistics is 'State of app.catalog_lexemes per vendor.';
comment on column app.catalog_statistics.products is 'Living products when the counts were taken.';
comment on column app.catalog_statistics.changes is 'Products changed since.';

alter table app.catalog_statistics enable row level security;
alter table app.catalog_statistics force row level security;

-- sql/catalog/catalog_vocabularies.sql
-- A number for all that decides what words of a vendor's files mean: synonyms, taxonomies. It moves when a job finds
-- another fingerprint than the one before, so that rows of an unchanged file are read anew where their meaning may have
-- changed.
create table app.catalog_vocabularies (
  vendor_id uuid not null primary key,
  fingerprint bigint not null,
  epoch bigint not null default 1
);
comment on table app.catalog_vocabularies is 'State of the words each vendor''s files are read by.';
comment on column app.catalog_vocabularies.epoch is 'Part of products.source_hash.';
alter table app.catalog_vocabularies enable row level security;
alter table app.catalog_vocabularies force row level security;

-- sql/catalog/add_staged_terms.sql
-- Makes the vendor's own terms for the labels of a file that nobody knows, in the order of their codes, so that two
-- files at once cannot wait for each other.
create or replace function app.add_staged_terms(vendor_id uuid, kind text, table_name text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  most_terms constant int := 10000;
  v_room int;
  v_before bigint;
begin
  if not exists (select from pg_temp.merge_terms as t where t.kind = add_staged_terms.kind and t.id is null) then
    return;
  end if;
  -- Behind another batch that adds terms: its new fingerprint is the one to start from.
  perform from app.catalog_vocabularies as v where v.vendor_id = add_staged_terms.vendor_id for no key update;
  v_before := app.vocabulary_fingerprint(add_staged_terms.vendor_id);
  execute format('select $2 - count(*)::int from public.%I as t where t.vendor_id = $1', add_staged_terms.table_name)
  into v_room
  using add_staged_terms.vendor_id, most_terms;
  execute format(
    $query$
      insert into public.%1$I (vendor_id, code, label)
      select $2, n.code, n.label
      from (
        select distinct on (c.code) c.code, t.raw as label
        from pg_temp.merge_terms as t
        cross join lateral app.token_code(t.raw) as c (code)
        where t.kind = $1 and t.id is null and length(t.raw) <= 200
          and not pg_input_is_valid(t.raw, 'uuid')
        order by c.code, t.raw
        limit greatest($3, 0)
      ) as n
      order by n.code
      on conflict (vendor_id, code) do nothing
    $query$,
    add_staged_terms.table_name
  ) using add_staged_terms.kind, add_staged_terms.vendor_id, v_room;
  -- A file's own new terms change nothing for the rows before: they keep the vocabulary's number.
  update app.catalog_vocabularies as v
  set fingerprint = app.vocabulary_fingerprint(add_staged_terms.vendor_id)
  where v.vendor_id = add_staged_terms.vendor_id and v.fingerprint = v_before;
  -- A label whose slug is taken by a term of another label means that term.
  execute format(
    $query$
      update pg_temp.merge_terms as t
      set id = x.id
      from public.%1$I as x
      where t.kind = $1 and t.id is null and length(t.raw) <= 200
        and x.vendor_id = $2 and x.code = app.token_code(t.raw)
    $query$,
    add_staged_terms.table_name
  ) using add_staged_terms.kind, add_staged_terms.vendor_id;
end;
$$;

comment on function app.add_staged_terms is 'Adds a file''s unknown labels to the vendor''s own taxonomy.';

-- sql/catalog/allergen_free_query.sql
-- The query for products that are safe to show to somebody who avoids an allergen. It fails closed: a product passes
-- when neither the allergen nor one below it is contained or possible, and
--   it is declared free from it (or from one above it), or
--   its allergens are fully known and none of those above it is among them ("gluten" may be wheat).
-- The tree is one of codes: a vendor's own term adds to the place of the platform's of the same code and takes nothing.
create or replace function app.allergen_free_query(vendor_id uuid, code text)
returns tsquery
language plpgsql
stable
set search_path = ''
as $$
declare
  v_below text[];
  v_above text[];
begin
  with recursive visible as materialized (
    select t.id, t.parent_id, t.code
    from public.tax_allergens as t
    where t.vendor_id is null or t.vendor_id = allergen_free_query.vendor_id
  ),
  edge as materialized (
    select distinct v.code, u.code as upper
    from visible as v
    inner join visible as u on u.id = v.parent_id
  ),
  below as (
    select allergen_free_query.code as code
    union
    select e.code from edge as e inner join below as b on e.upper = b.code
  ),
  above as (
    select allergen_free_query.code as code
    union
    select e.upper from edge as e inner join above as a on e.code = a.code
  )
  select array(select 'a=' || b.code from below as b), array(select a.code from above as a)
  into v_below, v_above;

  return !! app.lexeme_query(v_below)
    && (
      app.lexeme_query(array(select 'f=' || a.code from unnest(v_above) as a (code)))
      || !! app.lexeme_query(array(select 'a=' || a.code from unnest(v_above) as a (code)) || 'a=?'::text)
    );
end;
$$;

comment on function app.allergen_free_query is 'A query that only products free from an allergen satisfy.';

-- sql/catalog/app_delete_product.sql
-- Soft delete behind public.delete_product. Definer for the reason told at app.upsert_products. The barcode is free
-- again.
create or replace function app.delete_product(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_barcode text;
begin
  update public.products as p
  set soft_deleted_at = now(), updated_at = now()
  where p.vendor_id = v_vendor_id and p.id = delete_product.id and p.soft_deleted_at is null
  returning p.barcode into v_barcode;
  if not found then
    perform app.raise_product_not_found();
  end if;
  delete from public.product_barcodes as b
  where b.vendor_id = v_vendor_id and b.gtin14 = lpad(v_barcode, 14, '0') and b.product_id = delete_product.id;
  perform app.touch_catalog(
    v_vendor_id, 1, jsonb_build_object('deleted', 1, 'product_ids', jsonb_build_array(delete_product.id))
  );
end;
$$;

comment on function app.delete_product is 'Soft-deletes one product; see public.delete_product.';
grant execute on function app.delete_product to authenticated;

-- sql/catalog/app_patch_product.sql
-- Change of one product behind public.patch_product: an item with one row through the same merge, so that the same
-- rules hold. Definer for the reason told at app.upsert_products.
create or replace function app.patch_product(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_external_id text;
  v_answer jsonb;
begin
  if patch is null or jsonb_typeof(patch) <> 'object' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'A patch is an object with the fields to change.',
      errors => '[{"pointer": "", "code": "invalid_type", "detail": "Send an object."}]'
    );
  end if;
  select p.external_id into v_external_id
  from public.products as p
  where p.vendor_id = v_vendor_id and p.id = patch_product.id and p.soft_deleted_at is null
  for no key update;
  if not found then
    perform app.raise_product_not_found();
  end if;
  if patch ? 'external_id' and patch ->> 'external_id' is distinct from v_external_id then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'external_id cannot change.',
      errors => '[{"pointer": "/external_id", "code": "immutable", "detail": "It identifies the product."}]',
      hint => 'Make a new product and delete this one.'
    );
  end if;
  v_answer := app.upsert_products(jsonb_build_array(patch || jsonb_build_object('external_id', v_external_id)));
  if v_answer -> 'errors' <> '[]' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'The patch has invalid fields; nothing was changed.',
      errors => (
        select jsonb_agg(
          jsonb_build_object(
            'pointer', substr(e.error ->> 'pointer', length('/items/0') + 1), 'code', e.error -> 'code', 'detail',
            e.error -> 'detail'
          )
        )
        from jsonb_array_elements(v_answer -> 'errors') as e (error)
      )
    );
  end if;
  return public.get_product(patch_product.id);
end;
$$;

comment on function app.patch_product is 'Changes fields of one product; see public.patch_product.';
grant execute on function app.patch_product to authenticated;

-- sql/catalog/app_search_products.sql
-- Search and list behind public.search_products. Definer: under row level security the search index cannot be used (@@
-- is not leakproof), so this function takes the vendor from the claims itself, never from an argument, and asks that
-- vendor's part of the table alone. A cursor also carries how the words were read on the first page (completed,
-- corrected), so that all pages belong to one search.
create or replace function app.search_products(
  q text,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text,
  cursor text,
  page_limit int,
  prefix boolean,
  facets text[],
  highlight boolean
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_reading app.product_reading := row(q, coalesce(prefix, false), false);
  v_search app.product_search;
  v_scope text;
  v_keys jsonb;
  v_place app.product_place;
  v_places app.product_place[];
  v_again record;
  v_more boolean;
  v_answer jsonb;
begin
  perform app.check_product_search(q, brand, tags_any, allergens_none, status, sort, page_limit, facets);
  v_scope := 'products ' || v_vendor_id || ' ' || app.fingerprint(jsonb_build_array(
    q, brand, category_id, tags_any, allergens_none, extract(epoch from updated_after), status,
    app.is_by_relevance(q, sort), prefix
  ));
  if search_products.cursor is not null then
    v_keys := app.decode_cursor(v_scope, search_products.cursor);
    v_place := row((v_keys ->> 't')::int, (v_keys ->> 'u')::timestamptz, (v_keys ->> 'i')::uuid);
    v_reading := row(
      coalesce(v_keys ->> 'q', q), coalesce((v_keys ->> 'p')::boolean, v_reading.prefix), v_keys ? 'q'
    );
  end if;
  v_search := app.read_product_search(
    v_vendor_id, v_reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
  );

  -- One more than the page tells whether there is another.
  v_places := app.find_places(v_search, v_place, page_limit + 1);
  if v_places is null and v_keys is null and cardinality(v_search.words) > 0 then
    select r.* into v_again
    from app.read_search_again(
      v_search, q, prefix, brand, category_id, tags_any, allergens_none, updated_after, status, sort, page_limit + 1
    ) as r;
    v_reading := v_again.reading;
    v_search := v_again.search;
    v_places := v_again.places;
  end if;
  v_more := cardinality(v_places) > page_limit;
  v_places := v_places[:page_limit];
  v_place := v_places[page_limit];
  v_answer := jsonb_build_object(
    'data', app.product_rows(v_search, v_places, highlight),
    'next_cursor', case when v_more then
      app.encode_cursor(v_scope, jsonb_strip_nulls(jsonb_build_object(
        't', (v_place).tier, 'u', (v_place).updated_at, 'i', (v_place).id,
        'q', case when v_reading.corrected then v_reading.q end,
        'p', case when v_reading.prefix and prefix is null then true end
      )))
    end
  );
  if v_reading.corrected then
    v_answer := v_answer || jsonb_build_object('corrected', jsonb_build_object('from', q, 'to', v_reading.q));
  end if;
  if v_reading.prefix and prefix is null then
    v_answer := v_answer || '{"completed": true}';
  end if;
  if cardinality(facets) > 0 then
    v_answer := v_answer || jsonb_build_object('facets', app.count_facets(v_search, facets));
  end if;
  return v_answer;
end;
$$;

comment on function app.search_products is 'Searches the caller''s catalogue; see public.search_products.';
grant execute on function app.search_products to authenticated;

-- sql/catalog/app_upsert_products.sql
-- Batch upsert behind public.upsert_products. Definer, because staging, the work tables and the catalogue have no write
-- grants: this function is their door, and it lets in operators of the vendor in the claims, for that vendor.
create or replace function app.upsert_products(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
-- Sixteen leaves have a pending list each.
set gin_pending_list_limit = '256kB'
as $$
declare
  most_items constant int := 10000;
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_batch_id constant uuid := gen_random_uuid();
  v_nutrients jsonb;
  v_misshapen jsonb;
  v_answer jsonb;
  v_errors jsonb;
begin
  if items is null or jsonb_typeof(items) <> 'array' or jsonb_array_length(items) not between 1 and most_items then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('items is a list of 1 to %s products.', most_items),
      errors => '[{"pointer": "/items", "code": "invalid_list", "detail": "Send a list, in portions if it is long."}]'
    );
  end if;
  select coalesce(jsonb_object_agg(d.synonym, d.canonical), '{}') into v_nutrients
  from app.value_dictionary(v_vendor_id, 'nutrient') as d;

  select
    coalesce(jsonb_agg(
      jsonb_build_object(
        'row_no', c.row_no, 'external_id', left(items -> c.row_no::int ->> 'external_id', 255), 'pointer', c.pointer,
        'code', c.code, 'detail', c.detail
      )
    ), '[]')
  into v_misshapen
  from app.check_product_items(items, v_nutrients) as c;

  perform app.stage_product_items(
    v_vendor_id, v_batch_id, items, v_nutrients,
    array(select distinct (e.error ->> 'row_no')::bigint from jsonb_array_elements(v_misshapen) as e (error))
  );
  v_answer := app.merge_staged_products(v_batch_id, 'api');
  v_errors := app.item_errors(v_misshapen || (v_answer -> 'errors'));
  if upsert_products.atomic and v_errors <> '[]' then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-items',
      detail => 'Some items are invalid, and atomic asks for all or none: nothing was applied.',
      errors => v_errors,
      hint => 'Correct the items listed, or send without atomic to apply the others.'
    );
  end if;
  return v_answer || jsonb_build_object(
    'received', jsonb_array_length(items),
    'failed', (select count(distinct e.error -> 'index') from jsonb_array_elements(v_errors) as e (error)),
    'errors', v_errors,
    'catalog_version', coalesce((v_answer ->> 'catalog_version')::bigint, app.touch_catalog(v_vendor_id, 0))
  );
end;
$$;

comment on function app.upsert_products is 'Upserts products of the caller''s vendor; see public.upsert_products.';
grant execute on function app.upsert_products to authenticated;

-- sql/catalog/apply_checked_products.sql
-- Plan, barcodes and writing of a merge. What others do at the same time shows only while writing: then the write is
-- undone (it is a subtransaction) and planned anew on what they committed. Two rounds nearly always do; after some
-- more, barcodes whose owner would have to give them up first are refused instead of untangled.
create or replace function app.apply_checked_products(vendor_id uuid, job_id uuid, mode text, source text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  for v_round in 1 .. 20 loop
    perform app.plan_staged_products(apply_checked_products.vendor_id);
    perform app.refuse_taken_barcodes(
      apply_checked_products.vendor_id, apply_checked_products.mode, strict => v_round > 5
    );
    begin
      perform app.write_planned_products(apply_checked_products.vendor_id);
      perform app.claim_barcodes(apply_checked_products.vendor_id);
      perform app.write_product_details(
        apply_checked_products.vendor_id, apply_checked_products.job_id, apply_checked_products.source
      );
      return;
    exception when sqlstate 'OD001' or deadlock_detected then
      -- Let the other side finish, not in step with us.
      perform pg_sleep(0.01 * v_round * random());
    end;
  end loop;
  perform app.raise_problem(
    status => 409,
    type => 'concurrent-change',
    detail => 'Other writers kept changing the same products.',
    hint => 'Send the request again.'
  );
end;
$$;

comment on function app.apply_checked_products is 'Writes the rows of merge_rows, again when others came in between.';

-- sql/catalog/category_lexemes.sql
-- The facet lexemes of a category and of all below it, so that a broad category finds what is filed under a narrow one.
create or replace function app.category_lexemes(vendor_id uuid, category_id uuid)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return array(
    with recursive below as (
      select category_lexemes.category_id as id
      union
      select t.id
      from public.tax_categories as t
      inner join below as b on t.parent_id = b.id
      where t.vendor_id is null or t.vendor_id = category_lexemes.vendor_id
    )
    select 'c=' || b.id from below as b limit 1000
  );
end;
$$;

comment on function app.category_lexemes is 'Facet lexemes of a category and its descendants.';

-- sql/catalog/check_product_items.sql
-- The shape of items before they are staged: objects, known fields, right JSON types. What the values mean is the
-- merge's matter. row_no counts from 0; pointers start at the item.
create or replace function app.check_product_items(items jsonb, nutrients jsonb)
returns table (row_no bigint, pointer text, code text, detail text)
language sql
stable
set search_path = ''
as $$
  with elements as (
    select e.place - 1 as row_no, e.item
    from jsonb_array_elements(check_product_items.items) with ordinality as e (item, place)
  ),
  entries as (
    select e.row_no, k.key, k.value, f.field, f.types
    from elements as e
    cross join lateral jsonb_each(case jsonb_typeof(e.item) when 'object' then e.item else '{}' end) as k
    left join app.product_item_fields() as f on f.field = k.key
  )
  select e.row_no, '', 'invalid_type', 'An item is an object.'
  from elements as e
  where jsonb_typeof(e.item) <> 'object'
  union all
  select
    e.row_no,
    '/' || app.pointer_token(e.key),
    case when e.key in ('id', 'vendor_id', 'gtin_type', 'created_at', 'updated_at')
      then 'read_only' else 'unknown_field' end,
    case
      when e.key in ('id', 'vendor_id', 'gtin_type', 'created_at', 'updated_at')
        then 'The server sets this field; leave it out.'
      else 'There is no such field; docs/catalog.md lists them.'
    end
  from entries as e
  where e.field is null
  union all
  select
    e.row_no, '/' || e.key, 'invalid_type', format(
      '%s is null or of JSON type %s.', e.key, array_to_string(e.types, ' or ')
    )
  from entries as e
  where jsonb_typeof(e.value) <> 'null' and jsonb_typeof(e.value) <> all (e.types)
  union all
  select e.row_no, format('/%s/%s', e.key, l.place - 1), 'invalid_type', format('Every entry of %s is a string.', e.key)
  from entries as e
  cross join lateral jsonb_array_elements(case jsonb_typeof(e.value) when 'array' then e.value else '[]' end)
  with ordinality as l (entry, place)
  where '{array}' = e.types
    and jsonb_typeof(l.entry) <> 'string'
    and not (e.key = 'images' and jsonb_typeof(l.entry) = 'object' and l.entry - array['url', 'alt', 'order'] = '{}')
  union all
  select
    e.row_no,
    '/nutrition/' || app.pointer_token(n.key),
    n.code,
    case when n.code = 'unknown_nutrient' then 'There is no such nutrient; docs/catalog.md lists the keys.'
      else 'A nutrient is a number from 0 to 10,000,000.' end
  from entries as e
  cross join lateral (
    select
      o.key,
      case
        when app.nutrient_key(o.key, check_product_items.nutrients) is null then 'unknown_nutrient'
        when jsonb_typeof(o.value) not in ('number', 'null') then 'invalid_type'
        when o.value @? '$ ? (@ < 0 || @ > 10000000)' then 'invalid_nutrition'
      end as code
    from jsonb_each(case jsonb_typeof(e.value) when 'object' then e.value else '{}' end) as o
  ) as n
  where e.key = 'nutrition' and n.code is not null;
$$;

comment on function app.check_product_items is 'What is wrong with the shape of product items.';

-- sql/catalog/check_product_search.sql
-- Refuses arguments of search_products that no search can have; pointers are the names of the HTTP parameters.
create or replace function app.check_product_search(
  q text,
  brand text,
  tags_any text[],
  allergens_none text[],
  status text,
  sort text,
  page_limit int,
  facets text[]
)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if length(q) > 500 then
    perform app.raise_search_problem('/q', 'too_long', 'q has more than 500 characters.');
  end if;
  if length(brand) > 200 then
    perform app.raise_search_problem('/brand', 'too_long', 'brand has more than 200 characters.');
  end if;
  if cardinality(tags_any) > 50 then
    perform app.raise_search_problem('/tags.any', 'too_many', 'tags.any has more than 50 entries.');
  end if;
  if cardinality(allergens_none) > 50 then
    perform app.raise_search_problem('/allergens.none', 'too_many', 'allergens.none has more than 50 entries.');
  end if;
  -- Null is no word: read as none, it would open a filter that has to fail closed.
  if array_position(tags_any, null) is not null then
    perform app.raise_search_problem('/tags.any', 'invalid_type', 'Every entry of tags.any is a word.');
  end if;
  if array_position(allergens_none, null) is not null then
    perform app.raise_search_problem('/allergens.none', 'invalid_type', 'Every entry of allergens.none is a word.');
  end if;
  if status not in ('active', 'inactive') then
    perform app.raise_search_problem('/status', 'invalid_status', 'status is active or inactive.');
  end if;
  if sort not in ('-updated_at', 'relevance') then
    perform app.raise_search_problem('/sort', 'invalid_sort', 'sort is -updated_at or relevance.');
  end if;
  if page_limit is null or page_limit not between 1 and 200 then
    perform app.raise_search_problem('/limit', 'out_of_range', 'limit is 1 to 200.');
  end if;
  if not facets <@ '{brand,category,tags}' then
    perform app.raise_search_problem('/facets', 'unknown_facet', 'facets are brand, category and tags.');
  end if;
end;
$$;

comment on function app.check_product_search is 'Problem 400 for impossible arguments of search_products.';

-- sql/catalog/check_staged_products.sql
-- Third step of a merge: every row read once; clean, typed values go to merge_rows, what is wrong to merge_errors.
-- Each check uses the very cast that follows it, so that no row can pass here and abort its batch later.
-- In files a bad barcode, url or picture is left out and reported while the row is kept (app.is_droppable); the
-- identity is never guessed.
create or replace function app.check_staged_products(vendor_id uuid, batch_id uuid, mode text, fields text[])
returns void
language plpgsql
volatile
set search_path = ''
-- Lists and terms are few and distinct; a nested loop over them, chosen on wrong estimates, would never end.
set enable_nestloop = off
set plan_cache_mode = force_custom_plan
-- Room for a whole batch of a file: sorting and joining it on disk takes longer.
set work_mem = '64MB'
as $$
declare
  blanks constant text := E' \t\r\n\u00a0';
  is_file constant boolean := mode = 'file';
begin
  with cleaned as (
    select
      s.row_no,
      nullif(s.external_id, '') as external_id,
      coalesce(s.present, check_staged_products.fields, app.present_fields(s)) as given,
      (g.gtin).barcode,
      (g.gtin).gtin14,
      (g.gtin).gtin_type,
      (g.gtin).fault as barcode_fault,
      nullif(s.name, '') as name,
      nullif(s.brand, '') as brand,
      nullif(s.description, '') as description,
      nullif(s.short_description, '') as short_description,
      case when c.id is null and coalesce(s.category_id, s.category) ~ '[^[:space:]]'
        then '/category' || case when s.category_id is null then '' else '_id' end || ' unknown_category'
      end as category_fault,
      c.id as category_id,
      case when sc.id is null and coalesce(s.sub_category_id, s.sub_category) ~ '[^[:space:]]'
        then '/sub_category' || case when s.sub_category_id is null then '' else '_id' end || ' unknown_category'
      end as sub_category_fault,
      sc.id as sub_category_id,
      case when cu.id is null and coalesce(s.cuisine_id, s.cuisine) ~ '[^[:space:]]'
        then '/cuisine' || case when s.cuisine_id is null then '' else '_id' end || ' unknown_cuisine'
      end as cuisine_fault,
      cu.id as cuisine_id,
      case when m.id is null and coalesce(s.market_id, s.market) ~ '[^[:space:]]'
        then '/market' || case when s.market_id is null then '' else '_id' end || ' unknown_market'
      end as market_fault,
      m.id as market_id,
      nullif(s.nutrition, '{}') as nutrition,
      s.nutrition_is_sound,
      nullif(lower(s.nutrition_basis), '') as nutrition_basis,
      nullif(s.serving_size, '') as serving_size,
      nullif(s.package_weight, '') as package_weight,
      nullif(s.price, '') as price,
      nullif(upper(s.currency), '') as currency,
      nullif(lower(s.status), '') as status,
      nullif(s.ingredients, '') as ingredients,
      dt.codes as dietary_tags,
      al.codes as allergens,
      al.unknown as unknown_allergens,
      mc.codes as may_contain,
      mc.unknown as unknown_may_contain,
      ff.codes as free_from,
      ff.unknown as unknown_free_from,
      ce.codes as certifications,
      case when s.regulatory_codes is not null then array(
        select btrim(r.code, blanks) from unnest(s.regulatory_codes) as r (code) where r.code ~ '[^[:space:]]'
      ) end as regulatory_codes,
      nullif(s.source_url, '') as source_url,
      s.images,
      s.source_hash
    from public.stg_products as s
    -- "offset 0": computed once a row, not once a field.
    cross join lateral (select app.parse_gtin(s.barcode) as gtin offset 0) as g
    left join pg_temp.merge_lists as dt on dt.domain = 'diet' and dt.raw = s.dietary_tags
    left join pg_temp.merge_lists as al on al.domain = 'allergen' and al.raw = s.allergens
    left join pg_temp.merge_lists as mc on mc.domain = 'allergen' and mc.raw = s.may_contain
    left join pg_temp.merge_lists as ff on ff.domain = 'free_from' and ff.raw = s.free_from
    left join pg_temp.merge_lists as ce on ce.domain = 'certification' and ce.raw = s.certifications
    left join pg_temp.merge_terms as c on c.kind = 'categories' and c.raw = btrim(coalesce(s.category_id, s.category))
    left join pg_temp.merge_terms as sc
      on sc.kind = 'categories' and sc.raw = btrim(coalesce(s.sub_category_id, s.sub_category))
    left join pg_temp.merge_terms as cu on cu.kind = 'cuisines' and cu.raw = btrim(coalesce(s.cuisine_id, s.cuisine))
    left join pg_temp.merge_terms as m on m.kind = 'markets' and m.raw = btrim(coalesce(s.market_id, s.market))
    where s.batch_id = check_staged_products.batch_id
    -- Cleaned once a row, not once for each check.
    offset 0
  ),
  judged as (
    select
      r.*,
      array_remove(array[
        case
          when r.external_id is null then '/external_id required'
          when length(r.external_id) > 255 then '/external_id too_long'
          -- 3.25E+12 stands for a billion codes: rows would collide under it.
          when is_file and strpos(r.external_id, '+') > 0 and r.external_id ~ '^[0-9]([.,][0-9]+)?[eE][+][0-9]{2}$'
            then '/external_id barcode_damaged'
        end,
        '/barcode ' || r.barcode_fault,
        case
          when r.name is null and 'name' = any (r.given) then '/name required'
          when length(r.name) > 500 then '/name too_long'
        end,
        case when length(r.brand) > 200 then '/brand too_long' end,
        case when length(r.description) > 20000 then '/description too_long' end,
        case when length(r.short_description) > 2000 then '/short_description too_long' end,
        r.category_fault,
        r.sub_category_fault,
        r.cuisine_fault,
        r.market_fault,
        case
          when r.nutrition_is_sound then null
          when jsonb_typeof(r.nutrition) <> 'object' then '/nutrition invalid_type'
          when r.nutrition - app.nutrient_keys() <> '{}' then '/nutrition unknown_nutrient'
          -- A file's were looked at, and left out, by app.drop_invalid_nutrients.
          when not is_file and r.nutrition @? 'strict $.* ? (@.type() != "number" || @ < 0 || @ > 10000000)'
            then '/nutrition invalid_nutrition'
        end,
        case when r.nutrition_basis not in ('serving', '100g') then '/nutrition_basis invalid_nutrition_basis' end,
        case when length(r.serving_size) > 200 then '/serving_size too_long' end,
        case when length(r.package_weight) > 200 then '/package_weight too_long' end,
        -- Digits that numeric(12, 2) holds, all of them.
        case when r.price !~ '^[0-9]{1,10}([.][0-9]{1,2})?$' then '/price invalid_price' end,
        case when r.currency <> all (app.iso_currencies()) then '/currency invalid_currency' end,
        case when r.status not in ('active', 'inactive') then '/status invalid_status' end,
        case when length(r.ingredients) > 20000 then '/ingredients too_long' end,
        case when r.unknown_allergens is not null and not is_file then '/allergens unknown_allergen' end,
        case when r.unknown_may_contain is not null and not is_file then '/may_contain unknown_allergen' end,
        case when r.unknown_free_from is not null and not is_file then '/free_from unknown_allergen' end,
        case when cardinality(r.dietary_tags) > 100 then '/dietary_tags too_many' end,
        case when cardinality(r.allergens) > 100 then '/allergens too_many' end,
        case when cardinality(r.may_contain) > 100 then '/may_contain too_many' end,
        case when cardinality(r.free_from) > 100 then '/free_from too_many' end,
        case when cardinality(r.certifications) > 100 then '/certifications too_many' end,
        case
          when cardinality(r.regulatory_codes) > 100 then '/regulatory_codes too_many'
          when length(array_to_string(r.regulatory_codes, '')) > 5000 then '/regulatory_codes too_long'
        end,
        case when r.source_url !~ '^https?://[^[:space:]]+$' or length(r.source_url) > 2048
          then '/source_url invalid_url' end,
        case when r.images is not null and not app.images_are_valid(r.images) then '/images invalid_image' end
      ], null) as faults
    from cleaned as r
    -- Judged once a row, not once for each mention of its faults.
    offset 0
  )
  insert into pg_temp.merge_rows
  select
    j.row_no,
    extensions.uuid_generate_v5(check_staged_products.vendor_id, j.external_id),
    j.external_id,
    kept.given,
    j.gtin14, j.gtin_type, j.barcode, j.name, j.brand, j.description, j.short_description, j.category_id,
    j.sub_category_id, j.cuisine_id, j.market_id, j.nutrition, j.nutrition_basis, j.serving_size, j.package_weight,
    kept.price, j.currency, j.status, j.ingredients, j.dietary_tags, j.allergens, j.may_contain,
    j.free_from, j.certifications, j.regulatory_codes, kept.source_url, kept.images,
    hash_record_extended(
      row(
        kept.given, j.gtin14, j.barcode, j.name, j.brand, j.description, j.short_description, j.category_id,
        j.sub_category_id, j.cuisine_id, j.market_id, j.nutrition, j.nutrition_basis, j.serving_size, j.package_weight,
        kept.price, j.currency, j.status, j.ingredients, j.dietary_tags, j.allergens, j.may_contain,
        j.free_from, j.certifications, j.regulatory_codes, kept.source_url, kept.images
      ),
      0
    ),
    -- A row with a fault goes the whole way again, so that its fault is told again.
    case when j.faults = '{}' then j.source_hash end,
    nullif(j.faults, '{}'),
    coalesce(j.unknown_allergens, j.unknown_may_contain, j.unknown_free_from)
  from judged as j
  cross join lateral (
    select
      case
        when j.faults = '{}' then j.given
        else array(
          select g.field
          from unnest(j.given) as g (field)
          where not ('/' || g.field = any (select split_part(f.fault, ' ', 1) from unnest(j.faults) as f (fault)))
        )
      end as given,
      case when '/price invalid_price' = any (j.faults) then null else j.price::numeric(12, 2) end as price,
      case when '/source_url invalid_url' = any (j.faults) then null else j.source_url end as source_url,
      case when '/images invalid_image' = any (j.faults) then null else j.images end as images
  ) as kept;

  -- Few rows have faults: the others are read and written once, and no join looks for faults of theirs.
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
  select
    r.row_no,
    left(r.external_id, 255),
    split_part(f.fault, ' ', 1),
    split_part(f.fault, ' ', 2),
    app.fault_detail(split_part(f.fault, ' ', 1), split_part(f.fault, ' ', 2), r.unknown),
    is_file and app.is_droppable(split_part(f.fault, ' ', 1))
  from pg_temp.merge_rows as r
  cross join lateral unnest(r.faults) as f (fault)
  where r.faults is not null;
  if found then
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and not e.applied;
  end if;
end;
$$;

comment on function app.check_staged_products is
  'Fills merge_rows with the sound rows of a batch and merge_errors with the faults of the others.';

-- sql/catalog/claim_barcodes.sql
-- Seventh step of a merge: the barcodes of the rows just written. All barcodes that are claimed or given up are locked
-- in one order, so that no two merges wait for each other, even when they swap barcodes. Whoever comes second sees the
-- first's products and raises OD001, upon which the write is undone and the row refused.
create or replace function app.claim_barcodes(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  v_contested text[];
begin
  -- Nearly always nobody has these barcodes, and a plain insert writes half as much as one with "on conflict".
  if not exists (select from pg_temp.merge_plan as m where m.old_gtin14 is not null) then
    begin
      insert into public.product_barcodes (vendor_id, gtin14, product_id)
      select claim_barcodes.vendor_id, m.gtin14, m.id
      from pg_temp.merge_plan as m
      where m.written is not null and m.gtin14 is not null
      order by m.gtin14;
      return;
    exception when unique_violation then
      null;
    end;
  end if;

  with touched as (
    select m.gtin14, m.id, true as is_claim
    from pg_temp.merge_plan as m
    where m.written is not null and m.gtin14 is not null and (m.is_new or m.gtin14 is distinct from m.old_gtin14)
    union all
    select m.old_gtin14, m.id, false
    from pg_temp.merge_plan as m
    where m.written is not null and m.old_gtin14 is not null and m.gtin14 is distinct from m.old_gtin14
  ),
  single as (
    select distinct on (t.gtin14) t.gtin14, t.id, t.is_claim from touched as t order by t.gtin14, t.is_claim desc
  ),
  locked as (
    insert into public.product_barcodes as b (vendor_id, gtin14, product_id)
    select claim_barcodes.vendor_id, s.gtin14, s.id from single as s order by s.gtin14
    on conflict (vendor_id, gtin14) do update set product_id = b.product_id
    returning b.gtin14, b.product_id
  )
  select array_agg(l.gtin14) into v_contested
  from locked as l
  inner join single as s on s.gtin14 = l.gtin14
  where s.is_claim and l.product_id <> s.id;

  -- A statement of its own, to see what others committed while we waited for the locks.
  if v_contested is not null and exists (
    select
    from public.product_barcodes as b
    where b.vendor_id = claim_barcodes.vendor_id
      and b.gtin14 = any (v_contested)
      and app.product_carries(b.vendor_id, b.product_id, b.gtin14)
  ) then
    raise exception using errcode = 'OD001', message = 'a barcode was taken meanwhile';
  end if;

  if v_contested is not null then
    update public.product_barcodes as b
    set product_id = m.id
    from pg_temp.merge_plan as m
    where b.vendor_id = claim_barcodes.vendor_id and b.gtin14 = any (v_contested)
      and m.gtin14 = b.gtin14 and m.written is not null;
  end if;

  if exists (select from pg_temp.merge_plan as m where m.old_gtin14 is not null) then
    delete from public.product_barcodes as b
    using pg_temp.merge_plan as m
    where b.vendor_id = claim_barcodes.vendor_id
      and m.written is not null
      and m.old_gtin14 is distinct from m.gtin14
      and b.gtin14 = m.old_gtin14
      and b.product_id = m.id;
  end if;
end;
$$;

comment on function app.claim_barcodes is 'Claims the barcodes of written rows and frees those they gave up.';

-- sql/catalog/close_merge.sql
-- Last step of a merge: report, move the catalogue's version once, clear the staging. The vendor's row is touched last,
-- so that it is locked for as short as can be.
create or replace function app.close_merge(vendor_id uuid, job_id uuid, batch_id uuid, mode text, received int)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  most_ids constant int := 1000;
  v_inserted int;
  v_updated int;
  v_failed int;
  v_errors jsonb;
  v_change jsonb;
begin
  select
    count(*) filter (where m.written = 'inserted'),
    count(*) filter (where m.written = 'updated')
  into v_inserted, v_updated
  from pg_temp.merge_plan as m;

  select count(distinct e.row_no) into v_failed from pg_temp.merge_errors as e where not e.applied;

  if close_merge.job_id is null then
    select jsonb_agg(
      jsonb_build_object(
        'row_no', e.row_no, 'external_id', e.external_id, 'pointer', e.pointer, 'code', e.code, 'detail', e.detail
      ) || case when e.applied then '{"applied": true}' else '{}' end::jsonb
      order by e.row_no, e.pointer
    )
    into v_errors
    from pg_temp.merge_errors as e;
  else
    insert into public.ingestion_job_errors (job_id, row_no, field, code, message, raw)
    select close_merge.job_id, e.row_no, nullif(substr(e.pointer, 2), ''), e.code, e.detail, s.raw
    from pg_temp.merge_errors as e
    left join public.stg_products as s on s.batch_id = close_merge.batch_id and s.row_no = e.row_no
    order by e.row_no, e.pointer;
  end if;

  if close_merge.mode = 'atomic' and v_failed > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-items',
      detail => format('%s of %s items are invalid; nothing was applied.', v_failed, close_merge.received),
      errors => v_errors
    );
  end if;

  if close_merge.job_id is null and v_inserted + v_updated > 0 then
    v_change := jsonb_build_object('inserted', v_inserted, 'updated', v_updated, 'product_ids', case
      when v_inserted + v_updated <= most_ids then
        (select jsonb_agg(m.id order by m.row_no) from pg_temp.merge_plan as m where m.written is not null)
    end);
  end if;
  -- A job's words wait in the pending lists (4 MB a leaf at most), where moving them together costs half; its end moves
  -- what is left (app.settle_catalogue).
  if close_merge.job_id is null and v_inserted + v_updated >= 1000 then
    perform app.flush_search_index(close_merge.vendor_id);
  end if;
  delete from public.stg_products as s where s.batch_id = close_merge.batch_id;
  return jsonb_build_object(
    'received', close_merge.received,
    'inserted', v_inserted,
    'updated', v_updated,
    'unchanged', close_merge.received - v_failed - v_inserted - v_updated,
    'failed', v_failed,
    'errors', coalesce(v_errors, '[]'),
    'catalog_version', app.touch_catalog(
      close_merge.vendor_id, v_inserted + v_updated, v_change, is_of_job => close_merge.job_id is not null
    )
  );
end;
$$;

comment on function app.close_merge is 'Reports a merge, moves catalog_version and empties the batch.';

-- sql/catalog/correct_search.sql
-- What was typed with the words nobody uses replaced by the likeliest that somebody does; null when there is nothing to
-- replace or nothing to replace it by.
create or replace function app.correct_search(vendor_id uuid, q text, words text[])
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Each word looked at costs a millisecond or two.
  most_words constant int := 6;
  v_recent constant jsonb := app.recent_words(vendor_id);
  v_corrections jsonb := '{}';
  v_word text;
begin
  foreach v_word in array words[:most_words] loop
    if length(v_word) between 3 and 40 and v_word ~ '^[[:alpha:]]+$' and not v_recent ? v_word
      and not exists (
        select from app.catalog_lexemes as l
        where l.vendor_id = correct_search.vendor_id and l.lexeme = v_word
      )
    then
      v_corrections := v_corrections || jsonb_strip_nulls(jsonb_build_object(
        v_word, app.correct_word(correct_search.vendor_id, v_word, v_recent)
      ));
    end if;
  end loop;
  if v_corrections = '{}' then
    return null;
  end if;
  -- Words stand in the text as they were typed, with case and accents.
  return (
    select string_agg(coalesce(v_corrections ->> app.fold_word(t.piece[1]), t.piece[1]), '' order by t.place)
    from regexp_matches(q, '[[:alnum:]]+|[^[:alnum:]]+', 'g') with ordinality as t (piece, place)
  );
end;
$$;

comment on function app.correct_search is 'A search text with its mistyped words corrected.';

-- sql/catalog/correct_word.sql
-- The word that a mistyped one most likely stands for: the fewest edits (one for up to four letters, else two; swapped
-- neighbours are one), then the most used, then the most alike. Looked for among words with the same first letter,
-- words with many trigrams in common, and words with two letters swapped; recent words are few and all looked at.
create or replace function app.correct_word(vendor_id uuid, word text, recent jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_edits constant int := case when length(word) < 5 then 1 else 2 end;
  v_swapped constant text[] := array(
    select left(word, n - 1) || substr(word, n + 1, 1) || substr(word, n, 1) || substr(word, n + 2)
    from generate_series(1, length(word) - 1) as n
  );
begin
  return (
    with known as (
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id
        and l.lexeme ^@ left(word, 1)
        and strpos(l.lexeme, '=') = 0
        and length(l.lexeme) between length(word) - v_edits and length(word) + v_edits
      union
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id
        and strpos(l.lexeme, '=') = 0
        and l.lexeme operator(extensions.%) word
      union
      select l.lexeme, l.anywhere
      from app.catalog_lexemes as l
      where l.vendor_id = correct_word.vendor_id and l.lexeme = any (v_swapped)
      union
      select r.key, r.value::bigint
      from jsonb_each_text(recent) as r
    )
    select k.lexeme
    from known as k
    cross join lateral (
      select case
        when k.lexeme = any (v_swapped) then 1
        else extensions.levenshtein_less_equal(k.lexeme, word, v_edits)
      end as edits
    ) as d
    where d.edits <= v_edits and length(k.lexeme) between 3 and 40
    order by d.edits, k.anywhere desc, extensions.similarity(k.lexeme, word) desc, k.lexeme collate "C"
    limit 1
  );
end;
$$;

comment on function app.correct_word is 'The likeliest word for a mistyped one.';

-- sql/catalog/count_brands.sql
-- The 20 most frequent brands. Spellings that differ by case or accents are one brand, shown in its most frequent one.
create or replace function app.count_brands(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('value', b.value, 'count', b.count) order by b.count desc, b.folded collate "C"
      )
      from (
        select
          app.fold_text(s.brand) as folded,
          (array_agg(s.brand order by s.count desc, s.brand collate "C"))[1] as value,
          sum(s.count)::int as count
        from (select r.brand, count(*) as count from unnest(facet_rows) as r where r.brand is not null group by 1) as s
        group by 1
        order by 3 desc, 1
        limit 20
      ) as b
    ),
    '[]'
  );
end;
$$;

comment on function app.count_brands is 'Counts matches by brand.';

-- sql/catalog/count_categories.sql
-- The 20 most frequent categories, with what to call them.
create or replace function app.count_categories(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(
        jsonb_build_object('id', t.id, 'code', t.code, 'label', t.label, 'count', c.count) order by c.count desc, t.id
      )
      from (
        select r.category_id, count(*) as count
        from unnest(facet_rows) as r
        where r.category_id is not null
        group by 1
        order by 2 desc, 1
        limit 20
      ) as c
      inner join public.tax_categories as t on t.id = c.category_id
    ),
    '[]'
  );
end;
$$;

comment on function app.count_categories is 'Counts matches by category.';

-- sql/catalog/count_facets.sql
-- How many matches of a search have each brand, category and tag: the 20 most frequent of each. Exact up to 3,000
-- matches. Beyond, as many hash leaves are counted as hold about that many: a fair sample, since the hash is of the id.
-- The counts are then scaled up, and said to be approximate.
create or replace function app.count_facets(search app.product_search, facets text[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  most_rows constant int := 3000;
  all_leaves constant int := 16;
  v_products constant double precision := coalesce(
    (
      select greatest(s.products + s.changes, 1) from app.catalog_statistics as s
      where s.vendor_id = (search).vendor_id
    ),
    1
  );
  v_matches constant double precision := app.estimate_matches(search, v_products, 'anywhere');
  v_leaves int := least(all_leaves, greatest(1, ceil(all_leaves * most_rows / greatest(v_matches, 1))));
  v_counts jsonb;
begin
  v_counts := app.facet_counts(search, facets, v_leaves, most_rows + 1);
  if v_leaves = all_leaves and (v_counts ->> 'rows')::int > most_rows then
    -- More than was thought: the rows read are the first leaves' alone.
    v_leaves := 1;
    v_counts := app.facet_counts(search, facets, v_leaves, most_rows + 1);
  end if;
  return jsonb_build_object('approximate', v_leaves < all_leaves) || coalesce(
    (
      select jsonb_object_agg(f.key, app.scale_facet(
        f.value,
        case
          when v_leaves < all_leaves and (v_counts ->> 'rows')::int > most_rows
            then greatest(v_matches / most_rows, all_leaves)
          else all_leaves::double precision / v_leaves
        end
      ))
      from jsonb_each(v_counts - 'rows') as f
    ),
    '{}'
  );
end;
$$;

comment on function app.count_facets is 'Counts of the matches of a search by brand, category and tag.';

-- sql/catalog/count_tags.sql
-- The 20 most frequent dietary tags.
create or replace function app.count_tags(facet_rows app.facet_row[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select jsonb_agg(jsonb_build_object('value', t.tag, 'count', t.count) order by t.count desc, t.tag collate "C")
      from (
        select u.tag, count(*) as count
        from unnest(facet_rows) as r
        cross join unnest(r.dietary_tags) as u (tag)
        group by 1
        order by 2 desc, 1
        limit 20
      ) as t
    ),
    '[]'
  );
end;
$$;

comment on function app.count_tags is 'Counts matches by dietary tag.';

-- sql/catalog/create_vendor_search.sql
-- Gives a vendor functions of its own over its products, whose plans are made once a connection
-- (app.create_vendor_function). Cursors and filters that are not given come as infinities, so that one plan serves all
-- calls.
create or replace function app.create_vendor_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- The order of change.
  perform app.create_vendor_function(
    vendor_id, 'products', 'walk_products',
    'match tsquery, updated_after timestamptz, status text, tier int, before_time timestamptz, before_id uuid, '
    'budget bigint, page_limit int',
    'setof app.product_place', 'set enable_bitmapscan = off set enable_sort = off', app.walk_products_statement()
  );
  -- The search index. No vendor_id, and no other scans: only the search index can then answer it.
  perform app.create_vendor_function(
    vendor_id, 'products', 'match_products',
    'match tsquery, whole tsquery, in_name tsquery, in_name_or_brand tsquery, updated_after timestamptz, status text, '
    'first_tier int, last_tier int, after_tier int, before_time timestamptz, before_id uuid, page_limit int',
    'setof app.product_place', 'set enable_indexscan = off set enable_indexonlyscan = off',
    app.match_products_statement()
  );
  -- Rows by id.
  perform app.create_vendor_function(
    vendor_id, 'products', 'fetch_products', 'ids uuid[], tiers int[]', 'setof jsonb',
    'set enable_hashjoin = off set enable_mergejoin = off', app.fetch_products_statement()
  );
  -- When the catalogue last changed.
  perform app.create_vendor_function(
    vendor_id, 'products', 'newest_product', '', 'setof timestamptz', 'set enable_bitmapscan = off',
    'select max(p.updated_at) from %1$s as p where p.vendor_id = %2$s'
  );
end;
$$;

comment on function app.create_vendor_search is 'Makes the functions of one vendor over its products.';

-- sql/catalog/current_vocabulary.sql
-- The number of a vendor's vocabulary now; a new one when anything of it changed since it was last asked for.
create or replace function app.current_vocabulary(vendor_id uuid)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  v_fingerprint constant bigint := app.vocabulary_fingerprint(current_vocabulary.vendor_id);
  v_epoch bigint;
begin
  select v.epoch into v_epoch from app.catalog_vocabularies as v
  where v.vendor_id = current_vocabulary.vendor_id and v.fingerprint = v_fingerprint;
  if v_epoch is not null then
    return v_epoch;
  end if;
  insert into app.catalog_vocabularies as v (vendor_id, fingerprint)
  values (current_vocabulary.vendor_id, v_fingerprint)
  on conflict (vendor_id) do update
  set epoch = v.epoch + (v.fingerprint <> excluded.fingerprint)::int, fingerprint = excluded.fingerprint
  returning v.epoch into v_epoch;
  return v_epoch;
end;
$$;

comment on function app.current_vocabulary is 'Epoch of a vendor''s vocabulary, moved on when it changed.';

-- sql/catalog/delete_product.sql
-- What DELETE /v1/products/:id and rpc('delete_product') call.
create or replace function public.delete_product(id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_product(delete_product.id);
end;
$$;

comment on function public.delete_product is
  'Deletes a product softly; an upsert of its external_id brings it back. Problem 404 when there is none, also the '
  'second time.';
grant execute on function public.delete_product to authenticated;

-- sql/catalog/drop_invalid_nutrients.sql
-- Files only: leaves out nutrients that are no amount (negative, words) and says so, instead of refusing the row.
create or replace function app.drop_invalid_nutrients(batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  with faulty as materialized (
    select s.row_no, s.external_id, n.key, n.value
    from public.stg_products as s
    cross join lateral jsonb_each(s.nutrition) as n
    where s.batch_id = drop_invalid_nutrients.batch_id
      and s.nutrition_is_sound is not true
      and s.nutrition @? 'strict $.* ? (@.type() != "number" || @ < 0 || @ > 10000000)'
      and not coalesce(
        case when jsonb_typeof(n.value) = 'number' then n.value::numeric between 0 and 10000000 end, false
      )
  ),
  reported as (
    insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
    select f.row_no, left(f.external_id, 255), '/nutrition.' || f.key, 'invalid_nutrition',
      format('%s is not an amount of zero or more; the row was applied without it.', left(f.value #>> '{}', 60)), true
    from faulty as f
  )
  update public.stg_products as s
  set nutrition = nullif(s.nutrition - bad.keys, '{}'), source_hash = null
  from (select f.row_no, array_agg(f.key) as keys from faulty as f group by f.row_no) as bad
  where s.batch_id = drop_invalid_nutrients.batch_id and s.row_no = bad.row_no;
end;
$$;
comment on function app.drop_invalid_nutrients is 'Takes impossible nutrients out of a staged batch and reports them.';

-- sql/catalog/estimate_matches.sql
-- About how many products match a search with its words in a section (anywhere, in_name, in_name_or_brand), as if words
-- and facets were independent. A wrong guess costs time, never a result.
create or replace function app.estimate_matches(search app.product_search, products double precision, section text)
returns double precision
language plpgsql
stable
set search_path = ''
as $$
declare
  -- Rarer lexemes are not kept.
  rarest constant double precision := products / 1000;
  v_vendor_id constant uuid := (search).vendor_id;
  v_share double precision;
begin
  select coalesce(exp(sum(ln(f.share))), 1) into v_share
  from (
    select least(1, greatest(n.count, rarest) / products)
    from unnest((search).words) as w (lexeme)
    cross join lateral (
      select sum(case section when 'in_name' then l.in_name when 'in_name_or_brand' then l.in_name_or_brand
        else l.anywhere end) as count
      from app.catalog_lexemes as l
      where l.vendor_id = v_vendor_id and l.lexeme = w.lexeme
    ) as n
    where w.lexeme is distinct from (search).beginning
    union all
    -- Each list holds the lexemes of which one will do.
    select least(1, greatest(sum(l.anywhere), rarest) / products)
    from unnest((search).any_of) with ordinality as a (lexemes, place)
    left join app.catalog_lexemes as l
      on l.vendor_id = v_vendor_id and l.lexeme = any (string_to_array(a.lexemes, E'\x1f'))
    group by a.place
    union all
    select greatest(0.001, 1 - coalesce(l.anywhere, 0) / products)
    from unnest((search).none_of) as n (lexeme)
    left join app.catalog_lexemes as l on l.vendor_id = v_vendor_id and l.lexeme = n.lexeme
  ) as f (share);
  if (search).beginning is not null then
    v_share := v_share * app.share_of_beginning(search, products, section);
  end if;
  return products * v_share;
end;
$$;

comment on function app.estimate_matches is 'Estimated number of products that match a search.';

-- sql/catalog/facet_counts.sql
-- Counts the matches in the first hash leaves of a vendor, no more than some rows: {"rows", "brand", "category",
-- "tags"}. Spellings of a brand that differ by case or accents are one; its most frequent spelling stands for it.
create or replace function app.facet_counts(search app.product_search, facets text[], leaves int, row_limit int)
returns jsonb
language plpgsql
stable
set search_path = ''
set enable_seqscan = off
set max_parallel_workers_per_gather = 0
set jit = off
as $$
declare
  v_rows app.facet_row[] := '{}';
  v_leaf_rows app.facet_row[];
  v_counts jsonb;
begin
  for v_leaf in 0 .. case when (search).nothing then 0 else leaves end - 1 loop
    exit when cardinality(v_rows) >= row_limit;
    execute format(
      'select array_agg(row(p.brand, p.category_id, p.dietary_tags)::app.facet_row)
       from (
         select l.brand, l.category_id, l.dietary_tags
         from partitions.%I as l
         where ($1 is null or l.search_tsv @@ $1)
           and l.soft_deleted_at is null
           and ($2 is null or l.status = $2)
           and l.updated_at > $3
         limit $4
       ) as p',
      'products_' || (search).vendor_key || '_' || to_char(v_leaf, 'fm00')
    )
    using (search).match, (search).status, (search).updated_after, row_limit - cardinality(v_rows)
    into v_leaf_rows;
    v_rows := v_rows || coalesce(v_leaf_rows, '{}');
  end loop;

  v_counts := jsonb_build_object('rows', cardinality(v_rows));
  if 'brand' = any (facets) then
    v_counts := v_counts || jsonb_build_object('brand', app.count_brands(v_rows));
  end if;
  if 'category' = any (facets) then
    v_counts := v_counts || jsonb_build_object('category', app.count_categories(v_rows));
  end if;
  if 'tags' = any (facets) then
    v_counts := v_counts || jsonb_build_object('tags', app.count_tags(v_rows));
  end if;
  return v_counts;
end;
$$;

comment on function app.facet_counts is 'Counts matches by brand, category and tag in some leaves.';

-- sql/catalog/fault_detail.sql
-- The sentence for a fault: what is wrong and what to do. The codes are stable, the words are for people.
create or replace function app.fault_detail(pointer text, code text, words text[] default null)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_field constant text := substr(pointer, 2);
begin
  return case code
    when 'required' then format('%s is required and cannot be blank.', v_field)
    when 'too_long' then format('%s is too long; docs/catalog.md lists the limits.', v_field)
    when 'too_many' then format('%s has more than 100 entries.', v_field)
    when 'invalid_type' then format('%s has the wrong JSON type.', v_field)
    when 'barcode_damaged' then
      'The digits were replaced by a rounded number such as 3.25E+12. Export the column as text and send it again.'
    when 'barcode_invalid' then
      'Not a GTIN-8, GTIN-12, GTIN-13 or GTIN-14 with a right check digit. Correct it or leave it out.'
    when 'unknown_category' then
      'No such category: send the id, code, label or synonym of an active one (taxonomy/categories).'
    when 'unknown_cuisine'
      then 'No such cuisine: send the id, code, label or synonym of an active one (taxonomy/cuisines).'
    when 'unknown_market' then 'No such market: send the id, code, label or synonym of an active one.'
    when 'unknown_allergen' then format(
      'Unknown allergen: %s. Use a code of taxonomy/allergens, or add a synonym.', array_to_string(words, ', ')
    )
    when 'unknown_nutrient' then 'A nutrient key is unknown; docs/catalog.md lists them.'
    when 'invalid_nutrition' then 'Every nutrient is a number from 0 to 10,000,000.'
    when 'invalid_nutrition_basis' then 'nutrition_basis is serving or 100g.'
    when 'invalid_price' then 'price is zero or more with at most two decimals and ten digits before them, e.g. 3.50.'
    when 'invalid_currency' then 'currency is an ISO 4217 code, e.g. USD.'
    when 'invalid_status' then 'status is active or inactive.'
    when 'invalid_url' then 'source_url is an http or https address of at most 2048 characters.'
    when 'invalid_image' then 'images is a list of at most 50 {"url", "alt"} with http or https addresses.'
    when 'superseded' then 'A later row has the same external_id; that one counts.'
    else code
  end;
end;
$$;

comment on function app.fault_detail is 'The sentence for a fault code of a product.';

-- sql/catalog/fetch_products_statement.sql
-- The products with these ids, in their order, as answers show them. Tiers, when given, become scores: 1 every word in
-- the name, 0.5 in name or brand, 0.25 elsewhere. Id by id, so that only the leaf that can have it is looked into: `=
-- any` looks for every id in every leaf.
create or replace function app.fetch_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  with pictures as materialized (
    select
      i.product_id,
      jsonb_agg(jsonb_build_object(''url'', i.url, ''alt'', i.alt) order by i."order", i.id) as images
    from public.product_images as i
    where i.vendor_id = %2$s and i.product_id = any (ids)
    group by i.product_id
  )
  select app.product_document(
    p, (select s.images from pictures as s where s.product_id = p.id), (1 / 2.0 ^ tiers[w.place])::real
  )
  from unnest(ids) with ordinality as w (id, place)
  inner join %1$s as p on p.vendor_id = %2$s and p.id = w.id
  where p.soft_deleted_at is null
  order by w.place';
end;
$$;

comment on function app.fetch_products_statement is 'The statement of a vendor''s fetch_products.';

-- sql/catalog/find_places.sql
-- The next places of a search, in order, as an array; null when there are none.
create or replace function app.find_places(search app.product_search, place app.product_place, page_limit int)
returns app.product_place[]
language plpgsql
stable
set search_path = ''
as $$
begin
  if (search).nothing then
    return null;
  end if;
  return (
    select array_agg(f order by f.tier, f.updated_at desc, f.id desc)
    from app.find_products(search, place, page_limit) as f
  );
end;
$$;

comment on function app.find_places is 'The next places of a search as an array.';

-- sql/catalog/find_products.sql
-- The next places of a search. Few expected matches: the index; many: tier by tier, each walked or, where it holds few
-- or the walk's budget is spent, by the index. All ways give the order (tier, updated_at desc, id desc), so a page may
-- be made of several and a cursor does not care which.
create or replace function app.find_products(search app.product_search, place app.product_place, page_limit int)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
declare
  sections constant text[] := array['in_name', 'in_name_or_brand', 'anywhere'];
  has_tiers constant boolean := (search).in_name is not null;
  v_products double precision;
  v_many double precision;
  v_missing int := page_limit;
  v_first int;
  v_last app.product_place := place;
  v_row app.product_place;
begin
  if (search).match is null then
    return query select * from app.search_by_walk(search, 0, place, page_limit);
    return;
  end if;

  select greatest(s.products + s.changes, 1) into v_products
  from app.catalog_statistics as s
  where s.vendor_id = (search).vendor_id;
  -- The index costs about its matches, a walk about page * products / matches: alike where the matches are the root.
  v_many := greatest(1500, sqrt(page_limit * v_products));
  if coalesce(app.estimate_matches(search, v_products, 'anywhere'), 0) <= v_many then
    v_first := 0;
    -- Where names are likely to fill the page, the rest need not be looked at.
    if (search).names is not null and coalesce((place).tier, 0) = 0
      and app.estimate_matches(search, v_products, 'in_name') >= page_limit then
      for v_row in select * from app.search_by_index(search, 0, 0, place, page_limit) loop
        return next v_row;
        v_last := v_row;
        v_missing := v_missing - 1;
      end loop;
      v_first := 1;
    end if;
    if v_missing > 0 then
      return query select * from app.search_by_index(search, v_first, 2, v_last, v_missing);
    end if;
    return;
  end if;

  for v_tier in coalesce((place).tier, 0) .. case when has_tiers then 2 else 0 end loop
    if not has_tiers or app.estimate_matches(search, v_products, sections[v_tier + 1]) > v_many then
      for v_row in select * from app.search_by_walk(search, v_tier, v_last, v_missing) loop
        return next v_row;
        v_last := v_row;
        v_missing := v_missing - 1;
      end loop;
      exit when v_missing = 0;
    end if;
    for v_row in select * from app.search_by_index(search, v_tier, v_tier, v_last, v_missing) loop
      return next v_row;
      v_last := v_row;
      v_missing := v_missing - 1;
    end loop;
    exit when v_missing = 0;
  end loop;
end;
$$;

comment on function app.find_products is 'The next places of a search after a place.';

-- sql/catalog/find_staged_terms.sql
-- Finds the terms of merge_terms that have no id yet: by id, by code, label or synonym; the vendor's own before the
-- platform's.
create or replace function app.find_staged_terms(vendor_id uuid, kind text, table_name text, domain text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  execute format(
    $query$
      with wanted as (
        select t.raw from pg_temp.merge_terms as t where t.kind = $1 and t.id is null
      ),
      coded as (
        select m.token as raw, m.canonical as code
        from app.match_tokens($2, $3, (select array_agg(w.raw) from wanted as w)) as m
        where m.canonical is not null
      ),
      found as (
        select w.raw, t.id
        from wanted as w
        inner join public.%1$I as t on t.id::text = lower(w.raw)
        where (t.vendor_id is null or t.vendor_id = $2) and t.active
        union all
        (
          select distinct on (c.raw) c.raw, t.id
          from coded as c
          inner join public.%1$I as t on t.code = c.code
          where (t.vendor_id is null or t.vendor_id = $2) and t.active
          order by c.raw, t.vendor_id is null
        )
      )
      update pg_temp.merge_terms as t
      set id = f.id
      from found as f
      where t.kind = $1 and t.raw = f.raw
    $query$,
    find_staged_terms.table_name
  ) using find_staged_terms.kind, find_staged_terms.vendor_id, find_staged_terms.domain;
end;
$$;

comment on function app.find_staged_terms is 'Looks up the ids of one taxonomy''s values in merge_terms.';

-- sql/catalog/flush_search_index.sql
-- Moves what waits in the pending lists of a vendor's search indexes into the indexes themselves. In no fixed order:
-- two merges that come here at once share the work, where in step one would wait at every index for the other.
create or replace function app.flush_search_index(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform gin_clean_pending_list(shuffled.indexrelid)
  from (
    select i.indexrelid
    from pg_partition_tree(
      format('partitions.products_%s', replace(flush_search_index.vendor_id::text, '-', ''))::regclass
    ) as t
    inner join pg_catalog.pg_index as i on i.indrelid = t.relid
    inner join pg_catalog.pg_class as c on c.oid = i.indexrelid
    inner join pg_catalog.pg_am as a on a.oid = c.relam
    where t.isleaf and a.amname = 'gin'
    order by random()
  ) as shuffled;
end;
$$;

comment on function app.flush_search_index is 'Flushes the pending lists of a vendor''s search indexes.';

-- sql/catalog/fold_word.sql
-- A word as it stands in search_tsv; null for what is none.
create or replace function app.fold_word(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return (tsvector_to_array(to_tsvector('app.catalog_words', value)))[1];
end;
$$;

comment on function app.fold_word is 'A word as it is indexed.';
grant execute on function app.fold_word to authenticated, service_role;

-- sql/catalog/get_product.sql
-- One living product of the caller's vendor; another vendor's is as good as missing.
create or replace function public.get_product(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_product public.products;
begin
  select p.* into v_product
  from public.products as p
  where p.vendor_id = v_vendor_id and p.id = get_product.id and p.soft_deleted_at is null;
  if not found then
    perform app.raise_product_not_found();
  end if;
  return app.product_json(v_product);
end;
$$;

comment on function public.get_product is 'A product by its id; problem 404 when there is none.';
grant execute on function public.get_product to authenticated;

-- sql/catalog/given_images.sql
-- The pictures of an item as rows: each url once, where it first stands.
create or replace function app.given_images(images jsonb)
returns table (url text, alt text, place int)
language sql
immutable
set search_path = ''
as $$
  select d.url, d.alt, (row_number() over (order by d.place) - 1)::int
  from (
    select distinct on (i.image ->> 'url') i.image ->> 'url' as url, nullif(i.image ->> 'alt', '') as alt, i.place
    from jsonb_array_elements(given_images.images) with ordinality as i (image, place)
    order by i.image ->> 'url', i.place
  ) as d;
$$;

comment on function app.given_images is 'Pictures of an item with their positions from 0.';

-- sql/catalog/has_job_at_work.sql
-- Whether a job is changing the vendor's products, or has just ended: what its end takes anew nobody else need take.
create or replace function app.has_job_at_work(vendor_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (
    select
    from public.ingestion_jobs as j
    where j.vendor_id = has_job_at_work.vendor_id
      and j.mode <> 'customers'
      and j.created_at > now() - interval '1 day'
      and (j.status = 'running' or j.finished_at > now() - interval '1 minute')
  );
end;
$$;
comment on function app.has_job_at_work is 'Whether a job changes the vendor''s products now, or did a minute ago.';

-- sql/catalog/highlight_product.sql
-- The searched fields of a product in which a word was found, as HTML with the words in <mark>.
create or replace function app.highlight_product(product jsonb, words text[], beginning text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'name', app.highlight_text(product ->> 'name', words, beginning),
    'brand', app.highlight_text(product ->> 'brand', words, beginning),
    'short_description', app.highlight_text(product ->> 'short_description', words, beginning)
  ));
end;
$$;

comment on function app.highlight_product is 'The fields of a product with found words marked.';

-- sql/catalog/highlight_text.sql
-- A text as HTML with the found words in <mark>; null when none is in it.
create or replace function app.highlight_text(value text, words text[], beginning text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_html text;
  v_found boolean;
begin
  select
    string_agg(case when f.found then '<mark>' || e.escaped || '</mark>' else e.escaped end, '' order by t.place),
    bool_or(f.found)
  into v_html, v_found
  from regexp_matches(value, '[[:alnum:]]+|[^[:alnum:]]+', 'g') with ordinality as t (piece, place)
  cross join lateral (
    select replace(replace(replace(replace(t.piece[1], '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;')
  ) as e (escaped)
  cross join lateral (select app.fold_word(t.piece[1])) as w (word)
  cross join lateral (select coalesce(w.word = any (words) or w.word ^@ beginning, false)) as f (found);
  return case when v_found then v_html end;
end;
$$;

comment on function app.highlight_text is 'A text as HTML with found words marked.';

-- sql/catalog/images_are_valid.sql
-- Whether images is a list of {"url", "alt"} with urls that can be shown. Null counts as valid.
create or replace function app.images_are_valid(images jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if images is null then
    return true;
  end if;
  if jsonb_typeof(images) <> 'array' or jsonb_array_length(images) > 50 then
    return false;
  end if;
  return not exists (
    select
    from jsonb_array_elements(images) as i (image)
    where jsonb_typeof(i.image) <> 'object'
      or coalesce(i.image ->> 'url', '') !~ '^https?://[^[:space:]]+$'
      or length(i.image ->> 'url') > 2048
      or length(i.image ->> 'alt') > 500
  );
end;
$$;

comment on function app.images_are_valid is 'Whether a value is a list of at most 50 pictures with http(s) urls.';

-- sql/catalog/insert_new_products.sql
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

-- sql/catalog/is_by_relevance.sql
-- Whether a search is ordered by relevance: when asked for, else whenever there are words.
create or replace function app.is_by_relevance(q text, sort text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return coalesce(sort, case when q ~ '[^[:space:]]' then 'relevance' end, '-updated_at') = 'relevance';
end;
$$;

comment on function app.is_by_relevance is 'Whether a search is ordered by relevance.';

-- sql/catalog/is_droppable.sql
-- Fields of a file's row that are left out and reported when they are wrong, instead of refusing the row.
create or replace function app.is_droppable(pointer text)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return pointer in ('/barcode', '/source_url', '/images', '/category', '/sub_category', '/cuisine', '/market');
end;
$$;

comment on function app.is_droppable is 'Whether a file''s row is kept without this field when the field is wrong.';

-- sql/catalog/iso_currencies.sql
-- ISO 4217 codes of money in use. Immutable, so that the planner computes it once a statement.
create or replace function app.iso_currencies()
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return string_to_array(
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF '
    'CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD '
    'HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD '
    'MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN '
    'PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY '
    'TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG',
    ' '
  );
end;
$$;

comment on function app.iso_currencies is 'The ISO 4217 codes a price may have.';

-- sql/catalog/item_errors.sql
-- Errors of a merge as a caller of a batch sees them: the item's index, and pointers from the body's root.
create or replace function app.item_errors(errors jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'index', e.error -> 'row_no',
        'external_id', e.error -> 'external_id',
        'pointer', format('/items/%s%s', e.error ->> 'row_no', e.error ->> 'pointer'),
        'code', e.error -> 'code',
        'detail', e.error -> 'detail'
      )
      order by (e.error ->> 'row_no')::bigint, e.error ->> 'pointer'
    ),
    '[]'
  )
  from jsonb_array_elements(item_errors.errors) as e (error);
$$;

comment on function app.item_errors is 'Merge errors with item indexes and full pointers.';

-- sql/catalog/json_texts.sql
-- A JSON list of strings as text[]; null for null and for anything that is no list.
create or replace function app.json_texts(list jsonb)
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(list) = 'array' then
    return array(select e.entry from jsonb_array_elements_text(list) as e (entry));
  end if;
  return null;
end;
$$;

comment on function app.json_texts is 'A JSON list of strings as an array.';

-- sql/catalog/keep_search_vector.sql
-- The guarantee that search_tsv follows the values, whoever writes. The merge brings its own vector; the conditions of
-- the triggers then let it pass, which saves it a tenth of its time.
create or replace function app.keep_search_vector()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.search_tsv := app.product_search_vector(
    new.name, new.brand, new.short_description, array[new.category_id, new.sub_category_id], new.cuisine_id,
    new.market_id,
    new.dietary_tags, new.allergens, new.may_contain, new.free_from
  );
  return new;
end;
$$;

comment on function app.keep_search_vector is 'Trigger: computes search_tsv for a row that comes without a new one.';

create or replace trigger fill_search_vector_trigger
before insert on public.products
for each row
when (new.search_tsv is null)
execute function app.keep_search_vector();

create or replace trigger keep_search_vector_trigger
before update on public.products
for each row
when (
  new.search_tsv is not distinct from old.search_tsv
  and (
    new.name, new.brand, new.short_description, new.category_id, new.sub_category_id, new.cuisine_id, new.market_id,
    new.dietary_tags, new.allergens, new.may_contain, new.free_from
  ) is distinct from (
    old.name, old.brand, old.short_description, old.category_id, old.sub_category_id, old.cuisine_id, old.market_id,
    old.dietary_tags, old.allergens, old.may_contain, old.free_from
  )
)
execute function app.keep_search_vector();

-- sql/catalog/keep_vendor_search.sql
-- Every vendor has its search functions: those that come get them with their row, those that are here get them now.
create or replace function app.keep_vendor_search()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.create_vendor_search(new.id);
  return null;
end;
$$;

comment on function app.keep_vendor_search is 'Trigger: makes the search functions of a new vendor.';

create or replace trigger keep_vendor_search_trigger
after insert on public.vendors
for each row
execute function app.keep_vendor_search();

-- sql/catalog/lexeme_query.sql
-- A query for one of several lexemes exactly as they are (facets), whatever characters they hold. Null for none.
create or replace function app.lexeme_query(lexemes text[])
returns tsquery
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return (
    select string_agg(app.quote_lexeme(l.lexeme), ' | ')::tsquery
    from unnest(lexemes) as l (lexeme)
  );
end;
$$;

comment on function app.lexeme_query is 'A query that any of these lexemes satisfies.';

-- sql/catalog/match_products_statement.sql
-- Fetches all matches by the search index, sorts them, and cuts a page of some tiers: for searches that match little.
-- `whole` is checked on the rows alone.
create or replace function app.match_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  with matched as materialized (
    select
      case
        when in_name is null or p.search_tsv @@ in_name then 0
        when p.search_tsv @@ in_name_or_brand then 1
        else 2
      end as place_tier,
      p.updated_at,
      p.id
    from %1$s as p
    where p.search_tsv @@ match
      and (whole is null or p.search_tsv @@ whole)
      and p.soft_deleted_at is null
      and (status is null or p.status = status)
      and p.updated_at > updated_after
  )
  select m.place_tier, m.updated_at, m.id
  from matched as m
  where m.place_tier between first_tier and last_tier
    and (
      m.place_tier > after_tier
      or (m.place_tier = after_tier and (m.updated_at, m.id) < (before_time, before_id))
    )
  order by m.place_tier, m.updated_at desc, m.id desc
  limit page_limit';
end;
$$;

comment on function app.match_products_statement is 'The statement of a vendor''s match_products.';

-- sql/catalog/merge_staged_products.sql
-- The one way into the catalogue: a batch of public.stg_products becomes products. Read it as a list of steps; each is
-- a function of this folder. Files, calls and patches all pass through here, so a rule holds for all of them.
--   mode    'api' refuses a row for any fault; 'file' leaves out what can be left out; 'atomic' applies all or none
--   fields  the fields a file speaks about (its mapped columns): an empty cell of one clears the stored value, others
--           keep theirs. A row's own stg_products.present goes first; with neither, only values given count.
-- Answers {"received", "inserted", "updated", "unchanged", "failed", "errors", "catalog_version"}; errors of a job go
-- to ingestion_job_errors instead. Faults that did not cost the row are listed too ("applied": true) and not counted as
-- failed.
-- Called by the worker as owner and by app.upsert_products; never granted.
create or replace function app.merge_staged_products(batch_id uuid, mode text, fields text[] default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_job_id uuid;
  v_received int;
  -- category_id and category are one field in two notations.
  v_fields constant text[] := (
    select array_agg(distinct coalesce(i.given_as, f.field) order by coalesce(i.given_as, f.field))
    from unnest(merge_staged_products.fields) as f (field)
    left join app.product_item_fields() as i on i.field = f.field
  );
begin
  -- All rows of a batch are of one vendor and one job.
  select s.vendor_id, s.job_id into v_vendor_id, v_job_id
  from public.stg_products as s
  where s.batch_id = merge_staged_products.batch_id
  limit 1;
  select count(*) into v_received
  from public.stg_products as s
  where s.batch_id = merge_staged_products.batch_id;

  perform app.open_merge();
  if v_received > 0 then
    if merge_staged_products.mode = 'file' then
      perform app.drop_invalid_nutrients(merge_staged_products.batch_id);
    end if;
    perform app.translate_staged_lists(v_vendor_id, merge_staged_products.batch_id);
    perform app.translate_staged_terms(v_vendor_id, merge_staged_products.batch_id, merge_staged_products.mode);
    perform app.check_staged_products(
      v_vendor_id, merge_staged_products.batch_id, merge_staged_products.mode, v_fields
    );
    perform app.apply_checked_products(
      v_vendor_id, v_job_id, merge_staged_products.mode,
      -- A connector's pages are merged as a file's rows are, but come from an API.
      case
        when merge_staged_products.mode = 'file' and not exists (
          select from public.ingestion_jobs as j where j.id = v_job_id and j.mode = 'api_sync'
        ) then 'csv'
        else 'api'
      end
    );
  end if;
  return app.close_merge(v_vendor_id, v_job_id, merge_staged_products.batch_id, merge_staged_products.mode, v_received);
end;
$$;

comment on function app.merge_staged_products is
  'Validates, deduplicates and upserts a staged batch; answers its counts and errors.';

-- sql/catalog/misread_characters.sql
-- The punctuation that the parser of app.catalog_words would misread, as a regular expression. Immutable, computed
-- once a statement.
create or replace function app.misread_characters()
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select '[-./@:_~&<>+=%#\\\u00a0-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf'
    '\u2010-\u2027\u2030-\u205e\u3000-\u303f]+';
$$;

comment on function app.misread_characters is 'Pattern of the punctuation that app.search_words takes out.';
grant execute on function app.misread_characters to authenticated, service_role;

-- sql/catalog/nutrient_key.sql
-- The canonical key for a nutrient as a caller wrote it; null when nobody knows it. nutrients: folded synonym to key,
-- from the value dictionary, fetched once a call.
create or replace function app.nutrient_key(key text, nutrients jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if key = any (app.nutrient_keys()) then
    return key;
  end if;
  return nutrients ->> app.fold_token(key);
end;
$$;

comment on function app.nutrient_key is 'Canonical nutrient key for a key or alias.';

-- sql/catalog/open_last_word.sql
-- The same query with its last word taken as the beginning of one, and that word; null where the last word is left out
-- (-word) or finished (a blank, a quote or another sign follows).
create or replace function app.open_last_word(q text, query tsquery, out opened tsquery, out beginning text)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text constant text := query::text;
  -- The query reads in the order of the words, so the last lexeme is the last word.
  v_parts constant text[] := regexp_match(v_text, '^(.*?)(!?)(''(?:[^''\\]|''''|\\.)*'')([ )]*)$');
begin
  if q ~ '[[:alnum:]]$' and v_parts is not null and v_parts[2] = '' then
    opened := (v_parts[1] || v_parts[3] || ':*' || v_parts[4])::tsquery;
    beginning := (tsvector_to_array(v_parts[3]::tsvector))[1];
  end if;
end;
$$;

comment on function app.open_last_word is 'A query whose last word may be unfinished.';

-- sql/catalog/open_merge.sql
-- The work tables of one merge. Temporary: no WAL, invisible to others, made once a connection, emptied here and at
-- commit.
-- What each holds:
--   merge_lists   distinct word lists of the batch and their codes     merge_terms   distinct category labels and their
-- ids
--   merge_rows    the rows with checked, final values                  merge_plan    the rows to write
--   merge_errors  what is refused, and what is left out of a row that is kept (applied)
create or replace function app.open_merge()
returns void
language plpgsql
volatile
set search_path = ''
set client_min_messages = 'warning'
as $$
begin
  if to_regclass('pg_temp.merge_rows') is not null then
    truncate pg_temp.merge_lists, pg_temp.merge_terms, pg_temp.merge_rows, pg_temp.merge_plan, pg_temp.merge_errors;
    return;
  end if;
  create temporary table merge_lists (domain text not null, raw text[] not null, codes text[], unknown text[])
  on commit delete rows;
  create temporary table merge_terms (kind text not null, raw text not null, id uuid)
  on commit delete rows;
  create temporary table merge_rows (
    row_no bigint not null, id uuid, external_id text, given text[], gtin14 text, gtin_type text, barcode text,
    name text,
    brand text, description text, short_description text, category_id uuid, sub_category_id uuid, cuisine_id uuid,
    market_id uuid, nutrition jsonb, nutrition_basis text, serving_size text, package_weight text, price numeric(12, 2),
    currency text, status text, ingredients text, dietary_tags text[], allergens text[], may_contain text[],
    free_from text[], certifications text[], regulatory_codes text[], source_url text, images jsonb,
    content_hash bigint, source_hash bigint, faults text[], unknown text[]
  )
  on commit delete rows;
  create temporary table merge_plan (
    row_no bigint not null, id uuid not null, is_found boolean not null, is_new boolean not null, gtin14 text,
    old_gtin14 text,
    images_changed boolean not null default false, written text
  )
  on commit delete rows;
  create temporary table merge_errors (
    row_no bigint not null, external_id text, pointer text not null, code text not null, detail text not null,
    applied boolean not null default false
  )
  on commit delete rows;
end;
$$;

comment on function app.open_merge is 'Makes or empties the temporary work tables of app.merge_staged_products.';

-- sql/catalog/parse_gtin.sql
-- Reads a barcode: GTIN-8, 12, 13 or 14 with a right check digit, blanks and hyphens aside. Padding with zeros does not
-- change a check digit, so 7 or 11 digits whose check digit is right are a GTIN-8 or GTIN-12 that lost its leading
-- zero, and
-- 12 right digits are one article whether they are read as GTIN-12 or as a GTIN-13 without its zero: they stay GTIN-12.
-- Digits that a spreadsheet turned into 3.25E+12 are gone for good: barcode_damaged. Anything else is barcode_invalid.
create or replace function app.parse_gtin(raw text)
returns app.gtin
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  -- A float's .0 (a column of numbers with gaps, exported) loses nothing.
  v_digits constant text := case when raw ~ '^[0-9]+$' then raw
    else regexp_replace(translate(raw, E' \t\u00a0-', ''), '([0-9])\.0+$', '\1') end;
  v_length constant int := length(v_digits);
  v_bare text;
  v_number bigint;
  v_sum bigint;
begin
  if v_digits is null or v_digits = '' then
    return (null, null, null, null)::app.gtin;
  end if;
  if v_digits !~ '^[0-9]+$' or v_length not in (7, 8, 11, 12, 13, 14) then
    -- Spreadsheets keep digits as text by an apostrophe or a formula ('123, ="123"); some say what they are in front.
    v_bare := regexp_replace(
      translate(v_digits, E'\u2007\u2009\u202f\u200b\ufeff\u2010\u2011\u2013''"\u2018\u2019=', ''),
      '^(?:gtin|ean|upc)(?:8|12|13|14|a)?[:#]', '', 'i'
    );
    if v_bare <> v_digits and v_bare <> '' then
      return app.parse_gtin(v_bare);
    end if;
    return (
      null, null, null,
      case when v_digits ~ '^[+]?[0-9]+([.,][0-9]+)?[eE][+]?[0-9]+$' then 'barcode_damaged' else 'barcode_invalid' end
    )::app.gtin;
  end if;
  v_number := v_digits::bigint;
  -- From the right, digits weigh 1 and 3 in turn; the sum of a whole GTIN is a multiple of ten.
  v_sum := v_number % 10 + v_number / 100 % 10 + v_number / 10000 % 10 + v_number / 1000000 % 10
    + v_number / 100000000 % 10 + v_number / 10000000000 % 10 + v_number / 1000000000000 % 10
    + 3 * (v_number / 10 % 10 + v_number / 1000 % 10 + v_number / 100000 % 10 + v_number / 10000000 % 10
      + v_number / 1000000000 % 10 + v_number / 100000000000 % 10 + v_number / 10000000000000 % 10);
  if v_sum % 10 <> 0 or v_number = 0 then
    return (null, null, null, 'barcode_invalid')::app.gtin;
  end if;
  return (
    case when v_length in (7, 11) then '0' || v_digits else v_digits end,
    lpad(v_digits, 14, '0'),
    'GTIN-' || case when v_length in (7, 11) then v_length + 1 else v_length end,
    null
  )::app.gtin;
end;
$$;

comment on function app.parse_gtin is
  'Reads a GTIN: as stored, its 14-digit form and type, or the fault barcode_damaged or barcode_invalid. Null reads '
  'as nothing.';
grant execute on function app.parse_gtin to authenticated, service_role;

-- sql/catalog/parse_search.sql
-- What a person typed as a query: words, "phrases", or, -without. Never fails; no word in it gives an empty query. A
-- hyphen inside a word parts it, as it does in what is indexed.
create or replace function app.parse_search(q text)
returns tsquery
language plpgsql
immutable
parallel safe
set search_path = ''
-- A query without words is no matter for a notice.
set client_min_messages = warning
as $$
begin
  return websearch_to_tsquery(
    'app.catalog_words',
    translate(
      app.search_words(regexp_replace(translate(q, '“”„', '"""'), '(^|\s)-(?=\S)', E'\\1\x02', 'g')), E'\x02', '-'
    )
  );
end;
$$;

comment on function app.parse_search is 'A typed query as tsquery of app.catalog_words.';
grant execute on function app.parse_search to authenticated, service_role;

-- sql/catalog/patch_product.sql
-- What PATCH /v1/products/:id and rpc('patch_product') call.
create or replace function public.patch_product(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.patch_product(patch_product.id, patch_product.patch);
end;
$$;

comment on function public.patch_product is
  'Changes the fields given; null clears a field, external_id cannot change. Answers the product; problem 404 when '
  'there is none.';
grant execute on function public.patch_product to authenticated;

-- sql/catalog/plan_staged_products.sql
-- Fourth step of a merge: which rows will be written. The last row of a key wins; a row whose hash equals the stored
-- one changes nothing and is left out; a deleted product counts as new, since it has no values to keep. Runs again
-- after a race, so refused rows leave merge_rows as well.
create or replace function app.plan_staged_products(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  with repeated as (
    select r.id, max(r.row_no) as last_row from pg_temp.merge_rows as r group by r.id having count(*) > 1
  )
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/external_id', 'superseded', app.fault_detail('/external_id', 'superseded')
  from repeated as p
  inner join pg_temp.merge_rows as r on r.id = p.id
  where r.row_no < p.last_row;
  if found then
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'superseded';
  end if;

  truncate pg_temp.merge_plan;
  insert into pg_temp.merge_plan (row_no, id, is_found, is_new, gtin14, old_gtin14, images_changed, written)
  select
    r.row_no,
    r.id,
    p.id is not null,
    n.is_new,
    -- Where the row does not speak of the barcode, the stored one stays and nothing is claimed.
    case when n.is_new or 'barcode' = any (r.given) then r.gtin14 else n.old_gtin14 end,
    n.old_gtin14,
    case
      when n.is_new then r.images is not null or p.id is not null
      else 'images' = any (r.given) and app.product_images_differ(plan_staged_products.vendor_id, r.id, r.images)
    end,
    -- What becomes of known products shows when they are updated.
    case when p.id is null then 'inserted' end
  from pg_temp.merge_rows as r
  -- "offset 0": found by key, row by row. As a join it reads the whole catalogue for every batch.
  left join lateral (
    select p.id, p.soft_deleted_at, p.barcode, p.content_hash
    from public.products as p
    where p.vendor_id = plan_staged_products.vendor_id and p.id = r.id
    offset 0
  ) as p on true
  cross join lateral (
    select
      p.id is null or p.soft_deleted_at is not null as is_new,
      case when p.soft_deleted_at is null then lpad(p.barcode, 14, '0') end as old_gtin14
  ) as n
  where p.content_hash is distinct from r.content_hash or p.soft_deleted_at is not null;

  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/name', 'required', app.fault_detail('/name', 'required')
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  where m.is_new and r.name is null;
  if found then
    delete from pg_temp.merge_plan as m
    using pg_temp.merge_rows as r
    where r.row_no = m.row_no and m.is_new and r.name is null;

    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'required';
  end if;
end;
$$;

comment on function app.plan_staged_products is 'Fills merge_plan with the rows of merge_rows that change something.';

-- sql/catalog/pointer_token.sql
-- A key as a token of a JSON pointer (RFC 6901), bounded: it comes from the caller and goes back to them.
create or replace function app.pointer_token(key text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return replace(replace(left(key, 100), '~', '~0'), '/', '~1');
end;
$$;

comment on function app.pointer_token is 'Escapes a key for a JSON pointer.';

-- sql/catalog/present_fields.sql
-- The fields a staged row speaks about when neither the row nor its file says so: those that have a value.
create or replace function app.present_fields(staged public.stg_products)
returns text[]
language plpgsql
immutable
set search_path = ''
as $$
begin
  return array(
    select case e.key
      when 'category_id' then 'category'
      when 'sub_category_id' then 'sub_category'
      when 'cuisine_id' then 'cuisine'
      when 'market_id' then 'market'
      else e.key
    end
    from jsonb_each(
      jsonb_strip_nulls(
        to_jsonb(staged) - array[
          'batch_id', 'row_no', 'vendor_id', 'job_id', 'present', 'raw', 'source_hash', 'nutrition_is_sound'
        ]
      )
    ) as e
    order by 1
  );
end;
$$;

comment on function app.present_fields is 'Fields of a staged row that have a value.';

-- sql/catalog/product_carries.sql
-- Whether a living product carries a barcode now. A row of product_barcodes whose product does not is a leftover of a
-- race and free to take.
create or replace function app.product_carries(vendor_id uuid, product_id uuid, gtin14 text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
  return exists (
    select
    from public.products as p
    where p.vendor_id = product_carries.vendor_id
      and p.id = product_carries.product_id
      and p.soft_deleted_at is null
      and lpad(p.barcode, 14, '0') = product_carries.gtin14
  );
end;
$$;

comment on function app.product_carries is 'Whether a living product carries a barcode.';

-- sql/catalog/product_document.sql
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

-- sql/catalog/product_images_differ.sql
-- Whether a product's stored pictures are others than those given; null given means none.
create or replace function app.product_images_differ(vendor_id uuid, product_id uuid, images jsonb)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_stored jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_array(i.url, i.alt) order by i."order", i.id), '[]') into v_stored
  from public.product_images as i
  where i.vendor_id = product_images_differ.vendor_id and i.product_id = product_images_differ.product_id;
  return v_stored <> (
    select coalesce(jsonb_agg(jsonb_build_array(g.url, g.alt) order by g.place), '[]')
    from app.given_images(product_images_differ.images) as g
  );
end;
$$;

comment on function app.product_images_differ is 'Whether stored pictures differ from given ones.';

-- sql/catalog/product_item_fields.sql
-- The fields an item of upsert_products or a patch may carry, their JSON types, and the name under which the merge
-- knows whether they were given. Null is always allowed and clears the field.
create or replace function app.product_item_fields()
returns table (field text, types text[], given_as text)
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('external_id', '{string}'::text[], 'external_id'),
    ('barcode', '{string}', 'barcode'),
    ('name', '{string}', 'name'),
    ('brand', '{string}', 'brand'),
    ('description', '{string}', 'description'),
    ('short_description', '{string}', 'short_description'),
    ('category', '{string}', 'category'),
    ('category_id', '{string}', 'category'),
    ('sub_category', '{string}', 'sub_category'),
    ('sub_category_id', '{string}', 'sub_category'),
    ('cuisine', '{string}', 'cuisine'),
    ('cuisine_id', '{string}', 'cuisine'),
    ('market', '{string}', 'market'),
    ('market_id', '{string}', 'market'),
    ('nutrition', '{object}', 'nutrition'),
    ('nutrition_basis', '{string}', 'nutrition_basis'),
    ('serving_size', '{string}', 'serving_size'),
    ('package_weight', '{string}', 'package_weight'),
    ('price', '{string,number}', 'price'),
    ('currency', '{string}', 'currency'),
    ('status', '{string}', 'status'),
    ('ingredients', '{string}', 'ingredients'),
    ('dietary_tags', '{array}', 'dietary_tags'),
    ('allergens', '{array}', 'allergens'),
    ('may_contain', '{array}', 'may_contain'),
    ('free_from', '{array}', 'free_from'),
    ('certifications', '{array}', 'certifications'),
    ('regulatory_codes', '{array}', 'regulatory_codes'),
    ('source_url', '{string}', 'source_url'),
    ('images', '{array}', 'images');
$$;

comment on function app.product_item_fields is 'Fields of a product item and their JSON types.';

-- sql/catalog/product_json.sql
-- A product as answers show it, its pictures looked up. A vendor's fetch_products looks up those of many together.
create or replace function app.product_json(product public.products)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.product_document(
    product,
    (
      select jsonb_agg(jsonb_build_object('url', i.url, 'alt', i.alt) order by i."order", i.id)
      from public.product_images as i
      where i.vendor_id = product.vendor_id and i.product_id = product.id
    ),
    null
  );
end;
$$;

comment on function app.product_json is 'A product as answers show it.';
grant execute on function app.product_json to authenticated, service_role;

-- sql/catalog/product_rows.sql
-- The products at these places, in their order, as answers show them, with what was found marked if wanted.
create or replace function app.product_rows(search app.product_search, places app.product_place[], highlight boolean)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_marks constant boolean := coalesce(highlight, false) and cardinality((search).words) > 0;
  v_ids uuid[];
  v_tiers int[];
  v_rows jsonb;
begin
  if places is null then
    return '[]';
  end if;
  select array_agg(l.id), case when (search).by_relevance then array_agg(l.tier) end into v_ids, v_tiers
  from unnest(places) as l;
  execute format('select jsonb_agg(f) from partitions.fetch_products_%s($1, $2) as f', (search).vendor_key)
  using v_ids, v_tiers
  into v_rows;
  if v_marks then
    select jsonb_agg(
      r.product || jsonb_build_object(
        'highlight', app.highlight_product(r.product, (search).words, (search).beginning)
      )
      order by r.place
    )
    into v_rows
    from jsonb_array_elements(v_rows) with ordinality as r (product, place);
  end if;
  return coalesce(v_rows, '[]');
end;
$$;

comment on function app.product_rows is 'Products at given places as a JSON list.';

-- sql/catalog/product_search_vector.sql
-- The one recipe of products.search_tsv: words of name (A), brand (B) and short description (C), and facets as lexemes
-- that no word can equal, so that filters ride in the same index:
--   b= brand   c= category, sub-category   u= cuisine   m= market   t= dietary tag
--   a= allergen contained or possible   a=? allergens not fully known   f= allergen it is declared free from
--   n= word of name or brand: without it, a word common in descriptions and rare in names could only be found in names
-- by
--      reading every product that has it anywhere, because the index knows no weights
-- A change here must be followed by: update public.products set search_tsv = app.product_search_vector(...).
create or replace function app.product_search_vector(
  name text,
  brand text,
  short_description text,
  category_ids uuid[],
  cuisine_id uuid,
  market_id uuid,
  dietary_tags text[],
  allergens text[],
  may_contain text[],
  free_from text[]
)
returns tsvector
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_name text := name;
  v_brand text := brand;
  v_short_description text := short_description;
  v_names tsvector;
begin
  -- One look at all three, which costs what a look at one does: most products have nothing to take out.
  if concat_ws(' ', name, brand, short_description) ~ app.misread_characters() then
    v_name := app.search_words(name);
    v_brand := app.search_words(brand);
    v_short_description := app.search_words(short_description);
  end if;
  v_names := setweight(to_tsvector('app.catalog_words', v_name), 'A')
    || setweight(to_tsvector('app.catalog_words', coalesce(v_brand, '')), 'B');
  return v_names
    || setweight(to_tsvector('app.catalog_words', coalesce(v_short_description, '')), 'C')
    || array_to_tsvector(
      -- Joined and split again: unlike a subquery, this stays one expression, and a bulk load feels the difference.
      -- Only brand is free text; it must not bring a separator and with it a facet of its own making.
      string_to_array(
        concat_ws(
          E'\x1f',
          -- Plain words between single blanks, nearly every brand there is, fold by case alone.
          'b=' || case when brand ~ '^[!-~]+( [!-~]+)*$' then lower(brand)
            else nullif(app.fold_text(translate(brand, E'\x1f', '')), '') end,
          'c=' || nullif(array_to_string(category_ids, E'\x1fc='), ''),
          'u=' || cuisine_id,
          'm=' || market_id,
          't=' || nullif(array_to_string(dietary_tags, E'\x1ft='), ''),
          'a=' || nullif(array_to_string(allergens, E'\x1fa='), ''),
          'a=' || nullif(array_to_string(may_contain, E'\x1fa='), ''),
          case when allergens is null or concat_ws(',', '', allergens, may_contain) ~ '[,{"]other:' then 'a=?' end,
          'f=' || nullif(array_to_string(free_from, E'\x1ff='), ''),
          'n=' || nullif(array_to_string(tsvector_to_array(v_names), E'\x1fn='), '')
        ),
        E'\x1f'
      )
    );
end;
$$;

comment on function app.product_search_vector is 'Builds products.search_tsv from the values it depends on.';

-- sql/catalog/quote_lexeme.sql
-- A lexeme as tsquery writes it. Words may hold quotes: unaccent turns ŉ into 'n.
create or replace function app.quote_lexeme(lexeme text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''';
end;
$$;

comment on function app.quote_lexeme is 'Quotes a lexeme for tsquery.';

-- sql/catalog/raise_product_not_found.sql
-- One wording for a product that is missing, deleted or another vendor's: existence never leaks.
create or replace function app.raise_product_not_found()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 404,
    type => 'not-found',
    detail => 'There is no such product.',
    hint => 'Look it up with search_products; ids are derived from the vendor and the external_id.'
  );
end;
$$;

comment on function app.raise_product_not_found is 'Problem 404 for a product.';
grant execute on function app.raise_product_not_found to authenticated, service_role;

-- sql/catalog/raise_search_problem.sql
-- Problem 400 about one argument of a search.
create or replace function app.raise_search_problem(pointer text, code text, detail text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 400,
    type => 'invalid-input',
    detail => raise_search_problem.detail,
    errors => jsonb_build_array(jsonb_build_object(
      'pointer', raise_search_problem.pointer, 'code', raise_search_problem.code, 'detail', raise_search_problem.detail
    ))
  );
end;
$$;

comment on function app.raise_search_problem is 'Problem 400 about one argument of a search.';

-- sql/catalog/read_product_search.sql
-- Reads and checks the arguments of search_products; filters become facet lexemes. Codes may be synonyms ("shellfish").
create or replace function app.read_product_search(
  vendor_id uuid,
  reading app.product_reading,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text
)
returns app.product_search
language plpgsql
stable
set search_path = ''
as $$
declare
  q constant text := (reading).q;
  v_search app.product_search;
  v_query tsquery;
  v_opened record;
  v_filter tsquery;
  v_facets tsquery;
  v_lexemes text[];
  v_unknown text[];
  v_code text;
begin
  v_search.vendor_id := read_product_search.vendor_id;
  v_search.vendor_key := replace(read_product_search.vendor_id::text, '-', '');
  v_search.updated_after := coalesce(read_product_search.updated_after, '-infinity');
  v_search.status := read_product_search.status;
  v_search.any_of := '{}';
  v_search.none_of := '{}';
  v_search.words := '{}';
  v_search.nothing := false;
  v_search.by_relevance := app.is_by_relevance(q, sort);

  if q ~ '[^[:space:]]' then
    v_query := app.parse_search(q);
    v_search.nothing := numnode(v_query) = 0;
    v_search.words := tsvector_to_array(to_tsvector('app.catalog_words', app.search_words(q)));
    if (reading).prefix and not v_search.nothing then
      v_opened := app.open_last_word(q, v_query);
      v_query := coalesce(v_opened.opened, v_query);
      v_search.beginning := v_opened.beginning;
    end if;
    if v_search.by_relevance and not v_search.nothing then
      v_search.in_name := app.weigh_query(v_query, 'A');
      v_search.in_name_or_brand := app.weigh_query(v_query, 'AB');
    end if;
  end if;

  if app.fold_text(brand) <> '' then
    v_lexemes := array['b=' || app.fold_text(brand)];
    v_filter := app.lexeme_query(v_lexemes);
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  if read_product_search.category_id is not null then
    v_lexemes := app.category_lexemes(read_product_search.vendor_id, read_product_search.category_id);
    v_filter := coalesce(v_filter && app.lexeme_query(v_lexemes), app.lexeme_query(v_lexemes));
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  if cardinality(tags_any) > 0 then
    select array_agg(distinct 't=' || coalesce(m.canonical, app.token_code(m.token))) into v_lexemes
    from app.match_tokens(read_product_search.vendor_id, 'diet', tags_any) as m
    where m.token is not null;
    v_filter := coalesce(v_filter && app.lexeme_query(v_lexemes), app.lexeme_query(v_lexemes));
    v_search.any_of := v_search.any_of || array_to_string(v_lexemes, E'\x1f');
  end if;
  v_facets := v_filter;
  if cardinality(allergens_none) > 0 then
    select
      array_agg(distinct m.canonical) filter (where m.canonical not in ('none', 'unspecified')),
      array_agg(m.token) filter (where m.canonical is null)
    into v_lexemes, v_unknown
    from app.match_tokens(read_product_search.vendor_id, 'allergen', allergens_none) as m
    where m.token is not null;
    if v_unknown is not null then
      perform app.raise_search_problem(
        '/allergens.none', 'unknown_allergen', app.fault_detail('/allergens.none', 'unknown_allergen', v_unknown)
      );
    end if;
    foreach v_code in array coalesce(v_lexemes, '{}') loop
      v_filter := coalesce(
        v_filter && app.allergen_free_query(read_product_search.vendor_id, v_code),
        app.allergen_free_query(read_product_search.vendor_id, v_code)
      );
      v_search.none_of := v_search.none_of || ('a=' || v_code);
    end loop;
    v_search.none_of := v_search.none_of || 'a=?'::text;
  end if;
  v_search.match := coalesce(v_query && v_filter, v_query, v_filter);
  -- What the index is asked for leaves out what is absent: it would weigh every product that has the allergen. Rows are
  -- few then, and checked again.
  v_search.probe := coalesce(v_query && v_facets, v_query, v_facets, v_search.match);
  v_search.recheck := v_filter is distinct from v_facets;
  -- Words of names say less than negations and alternatives do. What the index finds by them stands in a tier only when
  -- the whole query holds there, phrases included.
  if v_search.in_name is not null and v_query::text !~ '[!|]' then
    select string_agg(
      app.quote_lexeme('n=' || w.word) || case when w.word = v_search.beginning then ':*' else '' end, ' & '
    )::tsquery
    into v_search.names
    from unnest(v_search.words) as w (word);
    v_search.names := coalesce(v_search.names && v_facets, v_search.names);
  end if;
  return v_search;
end;
$$;

comment on function app.read_product_search is 'Arguments of search_products as a checked search.';

-- sql/catalog/read_search_again.sql
-- A search that found nothing is read more kindly: first its last word as the beginning of one, then the words nobody
-- uses as typing errors. The first reading that finds something counts; else it stays as it was.
create or replace function app.read_search_again(
  given app.product_search,
  q text,
  prefix boolean,
  brand text,
  category_id uuid,
  tags_any text[],
  allergens_none text[],
  updated_after timestamptz,
  status text,
  sort text,
  page_limit int,
  out reading app.product_reading,
  out search app.product_search,
  out places app.product_place[]
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := (given).vendor_id;
  v_corrected text;
begin
  if prefix is null then
    reading := row(q, true, false);
    search := app.read_product_search(
      v_vendor_id, reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
    );
    -- One letter begins anything.
    if length((search).beginning) > 1 then
      places := app.find_places(search, null, page_limit);
    end if;
  end if;
  if places is null then
    v_corrected := app.correct_search(v_vendor_id, q, (given).words);
    if v_corrected is not null then
      reading := row(v_corrected, false, true);
      search := app.read_product_search(
        v_vendor_id, reading, brand, category_id, tags_any, allergens_none, updated_after, status, sort
      );
      places := app.find_places(search, null, page_limit);
    end if;
  end if;
  if places is null then
    reading := row(q, coalesce(prefix, false), false);
    search := given;
  end if;
end;
$$;

comment on function app.read_search_again is 'A search without results, read more kindly.';

-- sql/catalog/recent_words.sql
-- Words of the products changed since the vendor's lexemes were counted, with the number of those products: what
-- app.catalog_lexemes does not know yet. Of at most 5,000 products, the newest; more make it counted anew.
create or replace function app.recent_words(vendor_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_since constant timestamptz := coalesce(
    (
      select s.taken_at from app.catalog_statistics as s
      where s.vendor_id = recent_words.vendor_id and s.products > 0
    ),
    '-infinity'
  );
begin
  return coalesce(
    (
      select jsonb_object_agg(s.word, s.ndoc)
      from ts_stat(format(
        'select p.search_tsv from partitions.products_%s as p where p.vendor_id = %L and p.soft_deleted_at is null '
        'and p.updated_at >= %L order by p.updated_at desc, p.id desc limit 5000',
        replace(recent_words.vendor_id::text, '-', ''), recent_words.vendor_id, v_since
      )) as s
      where length(s.word) between 3 and 40 and s.word ~ '^[[:alpha:]]+$'
    ),
    '{}'
  );
end;
$$;

comment on function app.recent_words is 'Words of recently changed products.';

-- sql/catalog/refresh_catalog_lexemes.sql
-- Counts a vendor's lexemes anew, on a sample of some 50,000 products: estimates need no more, and the cost
-- stays at one or two seconds however large the catalogue is. Called by touch_catalog after much change, and at the end
-- of a job.
create or replace function app.refresh_catalog_lexemes(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  sample_size constant bigint := 50000;
  smallest_catalogue constant bigint := 5000;
  -- What is counted below; what others change meanwhile is left for the next time.
  v_changes constant bigint := (
    select s.changes from app.catalog_statistics as s where s.vendor_id = refresh_catalog_lexemes.vendor_id
  );
  v_products bigint;
  v_sample text;
  v_scale double precision;
begin
  -- Whoever counts now counts for all.
  if not pg_try_advisory_xact_lock(hashtextextended('catalog_lexemes ' || refresh_catalog_lexemes.vendor_id, 0)) then
    return;
  end if;
  select count(*) into v_products
  from public.products as p
  where p.vendor_id = refresh_catalog_lexemes.vendor_id and p.soft_deleted_at is null;

  v_scale := greatest(1.0, v_products::double precision / sample_size);
  v_sample := format(
    'select search_tsv from public.products tablesample system (%s) where vendor_id = %L and soft_deleted_at is null',
    100 / v_scale, refresh_catalog_lexemes.vendor_id
  );
  -- Only differences are written: most words stay as they were, and rare ones have no count that could change.
  with counted as materialized (
    select
      e.word,
      case when e.common then round(e.ndoc * v_scale) else 0 end as anywhere,
      case when e.common then round(coalesce(n.ndoc, 0) * v_scale) else 0 end as in_name,
      case when e.common then round(coalesce(b.ndoc, 0) * v_scale) else 0 end as in_name_or_brand
    from (
      select s.word, s.ndoc, v_products >= smallest_catalogue and s.ndoc * v_scale * 1000 >= v_products as common
      from ts_stat(v_sample) as s
      where s.word not like 'n=%'
    ) as e
    left join ts_stat(v_sample, 'a') as n on n.word = e.word
    left join ts_stat(v_sample, 'ab') as b on b.word = e.word
    where e.common
      -- Words that a mistyped one may stand for; in a sample, those met twice.
      or (e.ndoc > 1 or v_scale = 1.0) and length(e.word) between 3 and 40 and e.word ~ '^[[:alpha:]]+$'
  ),
  gone as (
    delete from app.catalog_lexemes as l
    where l.vendor_id = refresh_catalog_lexemes.vendor_id
      and not exists (select from counted as c where c.word = l.lexeme)
  )
  insert into app.catalog_lexemes as l (vendor_id, lexeme, anywhere, in_name, in_name_or_brand)
  select refresh_catalog_lexemes.vendor_id, c.word, c.anywhere, c.in_name, c.in_name_or_brand
  from counted as c
  on conflict on constraint catalog_lexemes_pkey do update
  set anywhere = excluded.anywhere, in_name = excluded.in_name, in_name_or_brand = excluded.in_name_or_brand
  where (l.anywhere, l.in_name, l.in_name_or_brand)
    is distinct from (excluded.anywhere, excluded.in_name, excluded.in_name_or_brand);

  -- Last, because every writer of the vendor waits for this row until the transaction ends.
  insert into app.catalog_statistics as s (vendor_id, products)
  values (refresh_catalog_lexemes.vendor_id, v_products)
  on conflict on constraint catalog_statistics_pkey do update
  set products = excluded.products, changes = greatest(s.changes - coalesce(v_changes, 0), 0), taken_at = now();
end;
$$;

comment on function app.refresh_catalog_lexemes is 'Takes a vendor''s lexeme statistics anew from a sample.';

-- sql/catalog/refresh_changed_lexemes.sql
-- Takes the word counts anew of catalogues that changed by too little for touch_catalog to do it, once a day each, a
-- bounded number of vendors a call. A schedule calls it.
create or replace function app.refresh_changed_lexemes(max_vendors int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_count int := 0;
begin
  for v_vendor_id in
    select s.vendor_id
    from app.catalog_statistics as s
    where s.changes > 0 and s.taken_at < refresh_changed_lexemes.at - interval '1 day'
    order by s.taken_at
    limit refresh_changed_lexemes.max_vendors
  loop
    perform app.refresh_catalog_lexemes(v_vendor_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;
comment on function app.refresh_changed_lexemes is
  'Takes word counts anew of up to so many catalogues that changed; returns how many.';

-- sql/catalog/refuse_removal_of_used_term.sql
-- The other side of a foreign key that products do not have: a term in use cannot be removed. Found through the search
-- index, where references are facets; the merge holds a lock on the terms it is about to use.
-- Definer, because a term of the platform may be used by any vendor.
create or replace function app.refuse_removal_of_used_term()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_used boolean;
begin
  if old.vendor_id is null then
    select exists (
      select from public.products as p where p.search_tsv @@ app.lexeme_query(array[tg_argv[0] || old.id])
    ) into v_used;
  else
    -- A vendor that goes takes its terms along.
    select exists (
      select
      from public.products as p
      where p.vendor_id = (select v.id from public.vendors as v where v.id = old.vendor_id)
        and p.search_tsv @@ app.lexeme_query(array[tg_argv[0] || old.id])
    ) into v_used;
  end if;
  if v_used then
    perform app.raise_problem(
      status => 409,
      type => 'in-use',
      detail => format('Products refer to %s.', old.code),
      hint => 'Set active to false instead: new data can then no longer use it.'
    );
  end if;
  return old;
end;
$$;

comment on function app.refuse_removal_of_used_term is
  'Trigger: a taxonomy term that products refer to cannot be removed.';

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_categories
for each row execute function app.refuse_removal_of_used_term('c=');

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_cuisines
for each row execute function app.refuse_removal_of_used_term('u=');

create or replace trigger refuse_removal_of_used_term_trigger
before delete on public.tax_markets
for each row execute function app.refuse_removal_of_used_term('m=');

-- sql/catalog/refuse_taken_barcodes.sql
-- Fifth step of a merge, repeated after a race: barcodes wanted by two products. Within the batch the product that
-- carries it stays, else the first row gets it. In the catalogue a claim stands while a living product carries the
-- barcode and does not give it up in this very batch. In calls the item is refused; in files the row is kept without
-- its barcode.
-- Returns how many rows it changed. Strict counts even owners that would give the barcode up.
create or replace function app.refuse_taken_barcodes(vendor_id uuid, mode text, strict boolean default false)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_refused int;
begin
  with claims as (
    select m.row_no, m.id, m.gtin14
    from pg_temp.merge_plan as m
    where m.gtin14 is not null and (m.is_new or m.gtin14 is distinct from m.old_gtin14)
  ),
  ranked as (
    select
      m.row_no,
      m.id,
      first_value(m.id) over w as holder_id,
      row_number() over w as place
    from pg_temp.merge_plan as m
    where m.gtin14 in (
      select t.gtin14 from pg_temp.merge_plan as t where t.gtin14 is not null group by t.gtin14 having count(*) > 1
    )
    window w as (partition by m.gtin14 order by m.gtin14 is not distinct from m.old_gtin14 desc, m.row_no)
  ),
  taken as (
    select r.row_no, r.holder_id from ranked as r where r.place > 1
    union
    select c.row_no, b.product_id
    from claims as c
    -- "offset 0": found by key. As a join it reads the barcodes of all vendors for every batch.
    cross join lateral (
      select b.product_id
      from public.product_barcodes as b
      where b.vendor_id = refuse_taken_barcodes.vendor_id and b.gtin14 = c.gtin14 and b.product_id <> c.id
      offset 0
    ) as b
    where app.product_carries(refuse_taken_barcodes.vendor_id, b.product_id, c.gtin14)
      and (
        refuse_taken_barcodes.strict
        -- Not a correlated "not exists": beside "or" that is a scan of the batch for each barcode of the vendor.
        or b.product_id not in (
          select o.id
          from pg_temp.merge_plan as o
          where not o.is_new and o.gtin14 is distinct from o.old_gtin14
        )
      )
  ),
  named as (
    select distinct on (t.row_no) t.row_no, coalesce(r.external_id, p.external_id) as holder
    from taken as t
    left join pg_temp.merge_rows as r on r.id = t.holder_id
    left join public.products as p on p.vendor_id = refuse_taken_barcodes.vendor_id and p.id = t.holder_id
    order by t.row_no, holder
  )
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
  select
    n.row_no,
    r.external_id,
    '/barcode',
    'barcode_taken',
    format('The barcode belongs to the product with external_id %s.', n.holder),
    refuse_taken_barcodes.mode = 'file'
  from named as n
  inner join pg_temp.merge_rows as r on r.row_no = n.row_no;
  get diagnostics v_refused = row_count;
  if v_refused = 0 then
    return 0;
  end if;

  if refuse_taken_barcodes.mode = 'file' then
    update pg_temp.merge_rows as r
    set barcode = null, gtin_type = null, gtin14 = null, given = array_remove(r.given, 'barcode'),
      source_hash = null
    from pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'barcode_taken';
    update pg_temp.merge_plan as m
    set gtin14 = case when m.is_new then null else m.old_gtin14 end
    from pg_temp.merge_errors as e
    where e.row_no = m.row_no and e.code = 'barcode_taken';
  else
    delete from pg_temp.merge_rows as r
    using pg_temp.merge_errors as e
    where e.row_no = r.row_no and e.code = 'barcode_taken';
    delete from pg_temp.merge_plan as m
    using pg_temp.merge_errors as e
    where e.row_no = m.row_no and e.code = 'barcode_taken';
  end if;
  return v_refused;
end;
$$;

comment on function app.refuse_taken_barcodes is
  'Reports the rows of merge_plan whose barcode belongs to another product.';

-- sql/catalog/resolve_staged_terms.sql
-- Finds the terms that the labels of merge_terms mean, makes those that a file may make, and locks all of them against
-- removal until the end of the transaction.
create or replace function app.resolve_staged_terms(vendor_id uuid, mode text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_kind record;
begin
  for v_kind in
    select k.kind, k.table_name, k.domain
    from app.taxonomy_kinds() as k
    where k.kind in (select t.kind from pg_temp.merge_terms as t)
    order by k.kind
  loop
    perform app.find_staged_terms(resolve_staged_terms.vendor_id, v_kind.kind, v_kind.table_name, v_kind.domain);
    if resolve_staged_terms.mode = 'file' then
      perform app.add_staged_terms(resolve_staged_terms.vendor_id, v_kind.kind, v_kind.table_name);
    end if;
    execute format(
      'select from public.%I where id in (select t.id from pg_temp.merge_terms as t where t.kind = $1) '
      'order by id for key share',
      v_kind.table_name
    ) using v_kind.kind;
  end loop;
end;
$$;

comment on function app.resolve_staged_terms is 'Finds or makes the terms of merge_terms, and keeps them from removal.';

-- sql/catalog/scale_facet.sql
-- The counts of a facet times a factor.
create or replace function app.scale_facet(counts jsonb, factor double precision)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
begin
  if factor = 1 then
    return counts;
  end if;
  return coalesce(
    (
      select jsonb_agg(jsonb_set(c.value, '{count}', to_jsonb(round((c.value -> 'count')::numeric * factor::numeric)))
        order by c.place)
      from jsonb_array_elements(counts) with ordinality as c (value, place)
    ),
    '[]'
  );
end;
$$;

comment on function app.scale_facet is 'The counts of a facet times a factor.';

-- sql/catalog/search_by_index.sql
-- A page of some tiers by the search index: fetch all matches, sort, cut. For searches that match little; gives the
-- same page as walking does.
create or replace function app.search_by_index(
  search app.product_search,
  first_tier int,
  last_tier int,
  place app.product_place,
  page_limit int
)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
begin
  return query execute format(
    'select * from partitions.match_products_%s($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', (search).vendor_key
  )
  using
    case when last_tier < 2 then coalesce((search).names, (search).probe) else (search).probe end,
    case when (search).recheck then (search).match end,
    (search).in_name, (search).in_name_or_brand, (search).updated_after, (search).status, first_tier, last_tier,
    coalesce((place).tier, -1), (place).updated_at, (place).id, page_limit;
end;
$$;

comment on function app.search_by_index is 'The next matches of a search after a place, by the search index.';

-- sql/catalog/search_by_walk.sql
-- A page of one tier by walking the order of change and keeping what matches: for searches that match much, and for
-- lists without words. No further than a budget of rows: what is missing then, the caller gets by the index.
create or replace function app.search_by_walk(
  search app.product_search,
  tier int,
  place app.product_place,
  page_limit int
)
returns setof app.product_place
language plpgsql
stable
set search_path = ''
as $$
declare
  v_match constant tsquery := case tier
    when 0 then coalesce((search).in_name && (search).match, (search).match)
    when 1 then (search).in_name_or_brand && (search).match && !! (search).in_name
    else (search).match && !! (search).in_name_or_brand
  end;
  -- A cursor of an earlier tier does not bound this one.
  v_bound constant boolean := (place).tier is not distinct from search_by_walk.tier;
begin
  return query execute format(
    'select * from partitions.walk_products_%s($1, $2, $3, $4, $5, $6, $7, $8)', (search).vendor_key
  )
  using
    v_match, (search).updated_after, (search).status, search_by_walk.tier,
    case when v_bound then (place).updated_at else 'infinity' end,
    case when v_bound then (place).id else 'ffffffff-ffff-ffff-ffff-ffffffffffff' end,
    case when v_match is null then null else 15000 end::bigint, page_limit;
end;
$$;

comment on function app.search_by_walk is
  'The next matches of one tier of a search after a place, in the order of change.';

-- sql/catalog/search_products.sql
-- What GET /v1/products, GET /v1/search/products and rpc('search_products') call.
create or replace function public.search_products(
  q text default null,
  brand text default null,
  category_id uuid default null,
  tags_any text[] default null,
  allergens_none text[] default null,
  updated_after timestamptz default null,
  status text default null,
  sort text default null,
  cursor text default null,
  page_limit int default 50,
  prefix boolean default null,
  facets text[] default null,
  highlight boolean default false
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.search_products(
    search_products.q, search_products.brand, search_products.category_id, search_products.tags_any,
    search_products.allergens_none, search_products.updated_after, search_products.status, search_products.sort,
    search_products.cursor, search_products.page_limit, search_products.prefix, search_products.facets,
    search_products.highlight
  );
end;
$$;

comment on function public.search_products is
  'Products of the caller''s vendor by words and filters, as {"data", "next_cursor"}. Order: with words and sort '
  'relevance, those with every word in the name first, then name or brand, then the rest, each newest change first; '
  'else newest change first. prefix: the last word may be unfinished (null: only when nothing has it as it is). When '
  'nothing matches, words nobody uses are corrected, and {"corrected": {"from", "to"}} says so. facets (brand, '
  'category, tags) counts the matches by value; highlight marks what was found.';
grant execute on function public.search_products to authenticated;

-- sql/catalog/search_words.sql
-- Takes out the punctuation that the parser would misread: "Dr.Oetker" as a host name, "l/100" as a path, "l’huile" as
-- one word. Applied to what is indexed and to what is asked. One regular expression: translate() costs ten times as
-- much.
create or replace function app.search_words(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- Looking costs a third of replacing, and most names have none of it.
  return case when value ~ app.misread_characters()
    then regexp_replace(value, app.misread_characters(), ' ', 'g') else value end;
end;
$$;

comment on function app.search_words is 'A text without the punctuation that app.catalog_words would misread.';
grant execute on function app.search_words to authenticated, service_role;

-- sql/catalog/share_of_beginning.sql
-- The share of products with a word that begins like the unfinished one, as if no product had two of them.
create or replace function app.share_of_beginning(
  search app.product_search,
  products double precision,
  section text
)
returns double precision
language plpgsql
stable
set search_path = ''
as $$
declare
  v_share double precision;
begin
  select
    sum(greatest(
      case section when 'in_name' then l.in_name when 'in_name_or_brand' then l.in_name_or_brand else l.anywhere end,
      -- Rarer words are kept without a count.
      products / 10000
    )) / products
  into v_share
  from app.catalog_lexemes as l
  where l.vendor_id = (search).vendor_id and l.lexeme ^@ (search).beginning;
  return least(1, greatest(v_share, 0.001));
end;
$$;

comment on function app.share_of_beginning is 'Estimated share of products with a word that begins so.';

-- sql/catalog/stage_product_items.sql
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

-- sql/catalog/token_code.sql
-- The code of a word that no dictionary knows: a slug, or a short hash where no letter of it survives (other scripts).
create or replace function app.token_code(token text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  return coalesce(rtrim(left(app.slugify(app.fold_token(token)), 60), '_'), 'x' || left(md5(token), 12));
end;
$$;

comment on function app.token_code is 'A code for a word that no dictionary knows.';

-- sql/catalog/touch_catalog.sql
-- Moves a vendor's catalog_version once for a change set, and has the word statistics taken anew when a quarter of the
-- catalogue changed since; while a job, whose end takes them anyway, is at work only when it doubled. With `change`
-- (counts and product_ids) product.updated goes into the outbox; a job passes none and is told as a whole when it ends
-- (app.emit_job_changes). Call it last in a transaction: the rows it locks are shared by all writers of the vendor.
create or replace function app.touch_catalog(
  vendor_id uuid, changes int, change jsonb default null, is_of_job boolean default false
)
returns bigint
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changes bigint := touch_catalog.changes;
  v_products bigint := 0;
  v_is_much boolean;
  v_version bigint;
begin
  if touch_catalog.changes <= 0 then
    return (select v.catalog_version from public.vendors as v where v.id = touch_catalog.vendor_id);
  end if;
  select s.changes + touch_catalog.changes, s.products into v_changes, v_products
  from app.catalog_statistics as s
  where s.vendor_id = touch_catalog.vendor_id;
  v_is_much := coalesce(v_changes, touch_catalog.changes) > greatest(5000, v_products / 4);
  if v_is_much and (touch_catalog.is_of_job or app.has_job_at_work(touch_catalog.vendor_id)) then
    v_is_much := coalesce(v_changes, touch_catalog.changes) > greatest(200000, v_products);
  end if;
  if v_is_much then
    perform app.refresh_catalog_lexemes(touch_catalog.vendor_id);
  else
    insert into app.catalog_statistics as s (vendor_id, changes)
    values (touch_catalog.vendor_id, touch_catalog.changes)
    on conflict on constraint catalog_statistics_pkey do update set changes = s.changes + excluded.changes;
  end if;
  update public.vendors as v
  set catalog_version = v.catalog_version + 1
  where v.id = touch_catalog.vendor_id
  returning v.catalog_version into v_version;
  if touch_catalog.change is not null then
    perform app.emit_event(
      touch_catalog.vendor_id, 'product.updated',
      jsonb_build_object('count', touch_catalog.changes, 'inserted', 0, 'updated', 0, 'deleted', 0, 'job_id', null)
      || touch_catalog.change || jsonb_build_object('catalog_version', v_version)
    );
  end if;
  return v_version;
end;
$$;

comment on function app.touch_catalog is 'Moves catalog_version when something changed; answers the present version.';

-- sql/catalog/translate_staged_lists.sql
-- First step of a merge: the words of all lists, each distinct word looked up once, each distinct list translated once.
-- Unknown allergens become other:<word>, so that the evidence stays incomplete; other lists are open and take them as
-- codes. Joined allergens ("milk and eggs") are taken apart.
-- A list that says "none" becomes empty, one that says only "not stated" becomes null.
create or replace function app.translate_staged_lists(vendor_id uuid, batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into pg_temp.merge_lists (domain, raw)
  select distinct l.domain, l.raw
  from public.stg_products as s
  cross join lateral (
    values
      ('diet', s.dietary_tags),
      ('allergen', s.allergens),
      ('allergen', s.may_contain),
      ('free_from', s.free_from),
      ('certification', s.certifications)
  ) as l (domain, raw)
  where s.batch_id = translate_staged_lists.batch_id and l.raw is not null;

  with words as (
    select distinct l.domain, w.word
    from pg_temp.merge_lists as l
    cross join lateral unnest(l.raw) as w (word)
    where w.word ~ '[[:alnum:]]'
  ),
  known as (
    select d.domain, m.token as word, m.canonical
    from (select w.domain, array_agg(w.word) as words from words as w group by w.domain) as d
    cross join lateral app.match_tokens(translate_staged_lists.vendor_id, d.domain, d.words) as m
    where d.domain not in ('allergen', 'free_from')
    union all
    select 'allergen', m.token, m.canonical
    from app.match_compound_tokens(
      translate_staged_lists.vendor_id, 'allergen',
      (select array_agg(w.word) from words as w where w.domain = 'allergen')
    ) as m
    union all
    -- A promise holds only when all of it is understood: "nuts (but almonds)", "may contain milk" promise nothing.
    select
      'free_from', m.token,
      case
        when bool_and(m.canonical is not null) over (partition by m.token)
          and app.fold_text(m.token) !~ '\m(?:may|peut|puede|kann|puo|pode|kan|traces?|except|sauf|excepto|ausser)\M'
          then m.canonical
      end
    from app.match_compound_tokens(
      translate_staged_lists.vendor_id, 'allergen',
      (select array_agg(w.word) from words as w where w.domain = 'free_from')
    ) as m
  ),
  coded as (
    select
      k.domain,
      k.word,
      k.canonical,
      case
        when k.canonical is not null then k.canonical
        when k.domain in ('allergen', 'free_from') then 'other:' || app.token_code(k.word)
        else app.token_code(k.word)
      end as code
    from known as k
  ),
  translated as (
    select
      l.domain,
      l.raw,
      array_agg(distinct c.code order by c.code)
      filter (where c.canonical is null or c.canonical not in ('none', 'unspecified')) as codes,
      array_agg(distinct c.word order by c.word) filter (where c.canonical is null) as unknown,
      coalesce(bool_or(c.canonical = 'none'), false) as says_none,
      coalesce(bool_or(c.canonical = 'unspecified'), false) as says_unspecified
    from pg_temp.merge_lists as l
    cross join lateral unnest(l.raw) as w (word)
    inner join coded as c on c.domain = l.domain and c.word = w.word
    group by l.domain, l.raw
  )
  update pg_temp.merge_lists as l
  set codes = case when t.says_unspecified and not t.says_none then t.codes else coalesce(t.codes, '{}') end,
      unknown = t.unknown
  from translated as t
  where t.domain = l.domain and t.raw = l.raw;

  -- A list without a single word: an empty one says "none", one of punctuation says nothing.
  update pg_temp.merge_lists as l
  set codes = '{}'
  where l.codes is null and l.raw = '{}';
end;
$$;

comment on function app.translate_staged_lists is
  'Fills merge_lists: the distinct word lists of a batch and their codes.';

-- sql/catalog/translate_staged_terms.sql
-- Second step of a merge: the distinct labels, codes and ids of categories, cuisines and markets, and the terms they
-- mean.
-- The terms found are locked against removal until the end of the transaction: one lock a term instead of one a
-- product.
-- In files a label that nobody knows becomes the vendor's own term, up to a bound that keeps a misread column from
-- flooding the taxonomy; in calls it is an error.
create or replace function app.translate_staged_terms(vendor_id uuid, batch_id uuid, mode text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into pg_temp.merge_terms (kind, raw)
  select distinct t.kind, btrim(t.raw)
  from (
    select distinct t.kind, t.raw
    from (
      -- Few of so many rows: products of a kind have the same terms.
      select distinct
        coalesce(s.category_id, s.category) as category, coalesce(s.sub_category_id, s.sub_category) as sub_category,
        coalesce(s.cuisine_id, s.cuisine) as cuisine, coalesce(s.market_id, s.market) as market
      from public.stg_products as s
      where s.batch_id = translate_staged_terms.batch_id
    ) as s
    cross join lateral (
      values
        ('categories', s.category), ('categories', s.sub_category), ('cuisines', s.cuisine), ('markets', s.market)
    ) as t (kind, raw)
    where t.raw is not null
  ) as t
  where t.raw ~ '[^[:space:]]';

  perform app.resolve_staged_terms(translate_staged_terms.vendor_id, translate_staged_terms.mode);
end;
$$;

comment on function app.translate_staged_terms is
  'Fills merge_terms: the distinct category, cuisine and market values of a batch and their ids.';

-- sql/catalog/update_known_products.sql
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

-- sql/catalog/upsert_products.sql
-- What POST /v1/products and rpc('upsert_products') call.
create or replace function public.upsert_products(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.upsert_products(upsert_products.items, upsert_products.atomic);
end;
$$;

comment on function public.upsert_products is
  'Inserts or updates up to 10,000 products by external_id. Absent fields keep their values, null clears them. Good '
  'items are applied and bad ones reported; atomic applies all or none.';
grant execute on function public.upsert_products to authenticated;

-- sql/catalog/vocabulary_fingerprint.sql
-- Hash over everything that decides what a word in a file means to a vendor. Ten thousand narrow rows: milliseconds.
create or replace function app.vocabulary_fingerprint(vendor_id uuid)
returns bigint
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(bit_xor(hashtextextended(w.word, 0)), 0)
    from (
      select i::text as word
      from app.synonym_index as i
      where i.space like 'value:%' and (i.vendor_id is null or i.vendor_id = vocabulary_fingerprint.vendor_id)
      union all
      select concat('categories ', t.id, ' ', t.code, ' ', t.active) from public.tax_categories as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
      union all
      select concat('cuisines ', t.id, ' ', t.code, ' ', t.active) from public.tax_cuisines as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
      union all
      select concat('markets ', t.id, ' ', t.code, ' ', t.active) from public.tax_markets as t
      where t.vendor_id is null or t.vendor_id = vocabulary_fingerprint.vendor_id
    ) as w
  );
end;
$$;

comment on function app.vocabulary_fingerprint is 'Fingerprint of the words a vendor''s files are read by.';

-- sql/catalog/walk_products_statement.sql
-- Walks the order of change from a place and keeps what matches, no further than a budget of rows: for searches that
-- match much, and for lists without words.
create or replace function app.walk_products_statement()
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  return '
  select tier, w.updated_at, w.id
  from (
    select p.updated_at, p.id, p.search_tsv, p.soft_deleted_at, p.status
    from %1$s as p
    where p.vendor_id = %2$s
      and p.updated_at > updated_after
      and (p.updated_at, p.id) < (before_time, before_id)
    order by p.updated_at desc, p.id desc
    limit budget
  ) as w
  where (match is null or w.search_tsv @@ match)
    and w.soft_deleted_at is null
    and (status is null or w.status = status)
  order by w.updated_at desc, w.id desc
  limit page_limit';
end;
$$;

comment on function app.walk_products_statement is 'The statement of a vendor''s walk_products.';

-- sql/catalog/weigh_query.sql
-- The same query, its words found only in the given sections of search_tsv: A name, B brand, C short description.
create or replace function app.weigh_query(query tsquery, weights text)
returns tsquery
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
begin
  -- A word that may be unfinished reads 'word':*.
  return regexp_replace(query::text, '''((?:[^''\\]|''''|\\.)*)''(?::(\*))?', '''\1'':\2' || weights, 'g')::tsquery;
end;
$$;

comment on function app.weigh_query is 'Restricts a query to sections of the search vector.';

-- sql/catalog/write_planned_products.sql
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

-- sql/catalog/write_product_details.sql
-- Eighth step of a merge: pictures and lineage of the rows just written.
create or replace function app.write_product_details(vendor_id uuid, job_id uuid, source text)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
-- The key named by on conflict is the table's.
#variable_conflict use_column
declare
  -- A call is named by its request, a line of a file and a record of a sync by its number in the job.
  v_by_row constant boolean := source = 'csv' or job_id is not null;
  v_request_id constant text :=
    nullif(left(nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-request-id', 200), '');
  v_is_plain boolean := true;
begin
  if exists (select from pg_temp.merge_plan as m where m.images_changed and m.written = 'updated') then
    delete from public.product_images as i
    using pg_temp.merge_plan as m
    where i.vendor_id = write_product_details.vendor_id and i.product_id = m.id
      and m.images_changed and m.written = 'updated';
  end if;

  insert into public.product_images (vendor_id, product_id, id, url, alt, "order")
  select write_product_details.vendor_id, m.id, extensions.uuid_generate_v5(m.id, g.url), g.url, g.alt, g.place
  from pg_temp.merge_plan as m
  inner join pg_temp.merge_rows as r on r.row_no = m.row_no
  cross join lateral app.given_images(r.images) as g
  where m.images_changed and m.written is not null
  order by m.id
  on conflict (vendor_id, product_id, id) do update
  set alt = excluded.alt, "order" = excluded."order", updated_at = now();

  -- New products have no lineage yet, and a plain insert writes less than one with "on conflict".
  begin
    insert into public.product_sources (vendor_id, product_id, source, source_ref, ingestion_job_id)
    select
      write_product_details.vendor_id, m.id, write_product_details.source,
      case when v_by_row then m.row_no::text else v_request_id end, write_product_details.job_id
    from pg_temp.merge_plan as m
    where m.written is not null and not m.is_found
    order by m.id;
  exception when unique_violation then
    -- What somebody who removed products by hand left behind.
    v_is_plain := false;
  end;

  insert into public.product_sources as s (vendor_id, product_id, source, source_ref, ingestion_job_id)
  select
    write_product_details.vendor_id, m.id, write_product_details.source,
    case when v_by_row then m.row_no::text else v_request_id end, write_product_details.job_id
  from pg_temp.merge_plan as m
  where m.written is not null and (m.is_found or not v_is_plain)
  order by m.id
  on conflict (vendor_id, product_id, source) do update
  set source_ref = excluded.source_ref, ingestion_job_id = excluded.ingestion_job_id, updated_at = now();
end;
$$;

comment on function app.write_product_details is 'Writes pictures and lineage of the products a merge changed.';
