-- Generated from sql/customers/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/customers/customers.sql
-- A vendor's customers. LIST by vendor, then HASH x 32 by id; the id is derived from vendor and external_id, as that of
-- products (sql/catalog/products.sql tells why). Rows are written only by the functions of this folder.
-- What is kept about a customer elsewhere goes with the row: each such table adds its own after delete trigger here
-- (app.erase_customer_data), because foreign keys between partitioned tables would cost every load.
create table public.customers (
  vendor_id uuid not null,
  id uuid not null,
  updated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  soft_deleted_at timestamptz,
  content_hash uuid,
  dob date,
  age int,
  gender text not null default 'unspecified',
  external_id text not null,
  full_name text not null,
  email text not null,
  phone text,
  location jsonb,
  custom_tags text[],
  created_by uuid,
  updated_by uuid,
  search_tsv tsvector not null,
  primary key (vendor_id, id),
  constraint id_is_derived_from_vendor_and_external_id
    check (id = extensions.uuid_generate_v5(vendor_id, external_id)),
  constraint external_id_is_not_blank check (external_id <> '' and length(external_id) <= 255),
  constraint full_name_is_not_blank check (full_name <> '' and length(full_name) <= 200),
  constraint email_has_one_at_sign check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
  constraint phone_is_e164 check (phone ~ '^[+][1-9][0-9]{6,14}$'),
  constraint age_is_given_only_without_dob check (age between 0 and 130 and dob is null),
  constraint dob_is_after_1890 check (dob >= '1890-01-01'),
  constraint gender_is_known check (gender in ('male', 'female', 'other', 'unspecified')),
  constraint location_is_an_object check (jsonb_typeof(location) = 'object')
) partition by list (vendor_id);

comment on table public.customers is
  'Customers, one row per vendor and external_id. Read here or through search_customers; write through upsert_customers, patch_customer and delete_customer. Filter by vendor_id to read one vendor''s partitions only.';
comment on column public.customers.vendor_id is 'The vendor whose customer it is.';
comment on column public.customers.id is 'Derived: uuid v5 of external_id in the namespace of vendor_id. Never changes.';
comment on column public.customers.updated_at is
  'When a value of the customer last changed; an identical upsert leaves it alone.';
comment on column public.customers.created_at is 'When the customer was first stored.';
comment on column public.customers.soft_deleted_at is
  'When the customer was deleted softly; null while they are served. An upsert of the same external_id brings them back.';
comment on column public.customers.content_hash is
  'Hash of the values as last written by an upsert; equal hashes mean nothing changed.';
comment on column public.customers.dob is 'Date of birth; beats age.';
comment on column public.customers.age is 'Age in years as given; null where dob is known.';
comment on column public.customers.gender is 'male, female, other or unspecified.';
comment on column public.customers.external_id is
  'The vendor''s own key of the customer. Unique per vendor, immutable.';
comment on column public.customers.full_name is 'Name shown to people; searched.';
comment on column public.customers.email is 'Email address, its domain in lower case; searched.';
comment on column public.customers.phone is 'Phone number in E.164, e.g. +14155550123.';
comment on column public.customers.location is 'Where they live: address, city, region, postal_code, country.';
comment on column public.customers.custom_tags is 'The vendor''s own tags; a filter.';
comment on column public.customers.created_by is 'users.id of who made it; null for a file or the platform.';
comment on column public.customers.updated_by is 'users.id of who last changed it; null for a file or the platform.';
comment on column public.customers.search_tsv is
  'Words of name and email, the whole email and tags as facets (app.customer_search_vector).';

create index customers_in_order_of_change on public.customers (vendor_id, updated_at desc, id desc);
create index customers_search on public.customers using gin (search_tsv) with (fastupdate = on);

alter table public.customers enable row level security;
alter table public.customers force row level security;

create policy "members read their vendor's present customers" on public.customers
for select to authenticated
using (
  vendor_id = (select app.current_vendor_id()) and soft_deleted_at is null
  and (select app.has_role('vendor_viewer'))
);

grant select on public.customers to authenticated, service_role;

insert into app.partitioned_tables (table_name, modulus, columns_without_statistics)
values (
  'customers', 32,
  array[
    'content_hash', 'external_id', 'full_name', 'email', 'phone', 'location', 'custom_tags', 'created_by', 'updated_by',
    'search_tsv'
  ]
)
on conflict (table_name) do nothing;

-- sql/customers/customer_health_profiles.sql
-- Health profiles, one per customer. Health data: no grant to anybody, so the only ways in are the audited definer
-- functions app.get_customer_health and app.put_customer_health, and app.customer_limits for the matching.
-- Inputs as the requirements type them, and beside them the exact ones: derived numbers are computed from these and
-- rounded once, at the end.
create table public.customer_health_profiles (
  vendor_id uuid not null,
  customer_id uuid not null,
  height_cm numeric(5, 2) not null,
  weight_kg numeric(6, 2) not null,
  exact_height_cm numeric not null,
  exact_weight_kg numeric not null,
  age int not null,
  gender text not null,
  activity_level text not null,
  conditions text[] not null default '{}',
  diet_goals text[] not null default '{}',
  macro_targets jsonb not null default '{}',
  avoid_allergens text[] not null default '{}',
  bmi numeric(5, 2) not null,
  bmr numeric(8, 2) not null,
  tdee_cached numeric(8, 2) not null,
  derived_limits jsonb not null,
  rules_version text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  updated_by uuid,
  primary key (vendor_id, customer_id),
  constraint height_is_plausible check (height_cm between 50 and 272),
  constraint weight_is_plausible check (weight_kg between 2 and 650),
  constraint age_is_plausible check (age between 0 and 130),
  constraint gender_is_known check (gender in ('male', 'female', 'other', 'unspecified')),
  constraint activity_level_is_known check (activity_level in ('sedentary', 'light', 'moderate', 'very', 'extra')),
  constraint macro_targets_is_an_object check (jsonb_typeof(macro_targets) = 'object'),
  constraint derived_limits_is_an_object check (jsonb_typeof(derived_limits) = 'object')
) partition by list (vendor_id);

comment on table public.customer_health_profiles is
  'Health profiles; reached only through audited functions (get_customer_health, put_customer_health).';
comment on column public.customer_health_profiles.vendor_id is 'The vendor whose customer it is.';
comment on column public.customer_health_profiles.customer_id is 'The customer; one profile each.';
comment on column public.customer_health_profiles.height_cm is 'Height in centimetres, 50 to 272.';
comment on column public.customer_health_profiles.weight_kg is 'Weight in kilograms, 2 to 650.';
comment on column public.customer_health_profiles.exact_height_cm is 'The height as converted, before rounding.';
comment on column public.customer_health_profiles.exact_weight_kg is 'The weight as converted, before rounding.';
comment on column public.customer_health_profiles.age is
  'Age in years the derived numbers hold for: of the customer''s dob where known, else as given.';
comment on column public.customer_health_profiles.gender is 'Gender the derived numbers were computed for.';
comment on column public.customer_health_profiles.activity_level is 'sedentary, light, moderate, very or extra.';
comment on column public.customer_health_profiles.conditions is 'Conditions by code, sorted.';
comment on column public.customer_health_profiles.diet_goals is 'Diets and goals by code, sorted.';
comment on column public.customer_health_profiles.macro_targets is
  'Own daily targets and limits by nutrient: {"sodium_mg": {"max": 1500}, "protein_g": {"target": 120}}.';
comment on column public.customer_health_profiles.avoid_allergens is 'Allergens never to be shown, by code, sorted.';
comment on column public.customer_health_profiles.bmi is 'Body mass index, kg/m2.';
comment on column public.customer_health_profiles.bmr is 'Basal metabolic rate by Mifflin-St Jeor, kcal a day.';
comment on column public.customer_health_profiles.tdee_cached is 'bmr times the factor of the activity level, kcal a day.';
comment on column public.customer_health_profiles.derived_limits is
  'Daily ceilings and floors of all conditions together; docs/health.md gives the shape.';
comment on column public.customer_health_profiles.rules_version is
  'Fingerprint of the rules the limits were derived from; when it differs from app.rules_version they are derived anew.';
comment on column public.customer_health_profiles.created_at is 'When the profile was first stored.';
comment on column public.customer_health_profiles.updated_at is 'When an input or a derived number last changed.';
comment on column public.customer_health_profiles.updated_by is 'users.id of who last wrote it; null for a file.';

create index customer_health_profiles_avoiding on public.customer_health_profiles using gin (avoid_allergens);
create index customer_health_profiles_rules on public.customer_health_profiles (vendor_id, rules_version);

alter table public.customer_health_profiles enable row level security;
alter table public.customer_health_profiles force row level security;

insert into app.partitioned_tables (table_name, modulus, hash_column, columns_without_statistics)
values (
  'customer_health_profiles', 8, 'customer_id',
  array['exact_height_cm', 'exact_weight_kg', 'diet_goals', 'macro_targets', 'derived_limits', 'updated_by']
)
on conflict (table_name) do nothing;

-- sql/customers/customer_consents.sql
-- What customers agreed to, as a history: rows are only added, the latest of a type counts. Erasing the customer is the
-- one thing that removes them (app.erase_customer_data). Reached through functions only.
create table public.customer_consents (
  id bigint generated always as identity,
  vendor_id uuid not null,
  customer_id uuid not null,
  consent_type text not null,
  granted boolean not null,
  version text not null,
  "timestamp" timestamptz not null default clock_timestamp(),
  recorded_by uuid,
  note text,
  constraint customer_consents_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint consent_type_is_snake_case check (consent_type ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint version_is_not_blank check (version ~ '\S' and length(version) <= 100),
  constraint note_is_short check (length(note) <= 500)
);
create index customer_consents_latest on public.customer_consents (vendor_id, customer_id, consent_type, id desc);

comment on table public.customer_consents is
  'History of consents; the latest row of a type counts. Without a granted health_data no health data is processed.';
comment on column public.customer_consents.id is 'Order of recording.';
comment on column public.customer_consents.vendor_id is 'The vendor whose customer it is.';
comment on column public.customer_consents.customer_id is 'The customer who agreed or refused.';
comment on column public.customer_consents.consent_type is 'What it is about: health_data, marketing, ...';
comment on column public.customer_consents.granted is 'true: agreed; false: refused or withdrawn.';
comment on column public.customer_consents.version is 'Version of the text that was shown.';
comment on column public.customer_consents."timestamp" is 'When it was recorded.';
comment on column public.customer_consents.recorded_by is 'users.id of who recorded it; null for the platform.';
comment on column public.customer_consents.note is 'Why, where something is to be said.';

alter table public.customer_consents enable row level security;
alter table public.customer_consents force row level security;

-- sql/customers/customer_whitelists.sql
-- Products a customer asked for. They still obey every hard filter.
-- Reached through functions only (public.get_list_entry, put_list_entry, delete_list_entry).
create table public.customer_whitelists (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  customer_id uuid not null,
  product_id uuid not null,
  note text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_whitelists_pkey primary key (vendor_id, customer_id, product_id),
  constraint customer_whitelists_id_is_unique unique (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint note_is_short check (length(note) <= 500)
);
create index customer_whitelists_product on public.customer_whitelists (vendor_id, product_id);

comment on table public.customer_whitelists is 'Products a customer asked for. They still obey every hard filter.';
comment on column public.customer_whitelists.id is 'Names the entry.';
comment on column public.customer_whitelists.vendor_id is 'The vendor.';
comment on column public.customer_whitelists.customer_id is 'The customer.';
comment on column public.customer_whitelists.product_id is 'The product.';
comment on column public.customer_whitelists.note is 'Why, for people.';
comment on column public.customer_whitelists.created_at is 'When it was put on the list.';
comment on column public.customer_whitelists.updated_at is 'When its note last changed.';

alter table public.customer_whitelists enable row level security;
alter table public.customer_whitelists force row level security;

-- sql/customers/customer_blacklists.sql
-- Products a customer never wants to see.
-- Reached through functions only (public.get_list_entry, put_list_entry, delete_list_entry).
create table public.customer_blacklists (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  customer_id uuid not null,
  product_id uuid not null,
  note text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_blacklists_pkey primary key (vendor_id, customer_id, product_id),
  constraint customer_blacklists_id_is_unique unique (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint note_is_short check (length(note) <= 500)
);
create index customer_blacklists_product on public.customer_blacklists (vendor_id, product_id);

comment on table public.customer_blacklists is 'Products a customer never wants to see.';
comment on column public.customer_blacklists.id is 'Names the entry.';
comment on column public.customer_blacklists.vendor_id is 'The vendor.';
comment on column public.customer_blacklists.customer_id is 'The customer.';
comment on column public.customer_blacklists.product_id is 'The product.';
comment on column public.customer_blacklists.note is 'Why, for people.';
comment on column public.customer_blacklists.created_at is 'When it was put on the list.';
comment on column public.customer_blacklists.updated_at is 'When its note last changed.';

alter table public.customer_blacklists enable row level security;
alter table public.customer_blacklists force row level security;
