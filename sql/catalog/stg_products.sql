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
