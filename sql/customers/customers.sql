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
  constraint age_is_given_only_without_dob check (age is null or (age between 0 and 130 and dob is null)),
  constraint dob_is_after_1890 check (dob >= '1890-01-01'),
  constraint gender_is_known check (gender in ('male', 'female', 'other', 'unspecified')),
  constraint location_is_an_object check (jsonb_typeof(location) = 'object')
) partition by list (vendor_id);

comment on table public.customers is
  'Customers, one row per vendor and external_id. Read here or through search_customers; write through '
  'upsert_customers, patch_customer and delete_customer. Filter by vendor_id to read one vendor''s partitions only.';
comment on column public.customers.vendor_id is 'The vendor whose customer it is.';
comment on column public.customers.id is
  'Derived: uuid v5 of external_id in the namespace of vendor_id. Never changes.';
comment on column public.customers.updated_at is
  'When a value of the customer last changed; an identical upsert leaves it alone.';
comment on column public.customers.created_at is 'When the customer was first stored.';
comment on column public.customers.soft_deleted_at is
  'When the customer was deleted softly; null while they are served. An upsert of the same external_id brings them '
  'back.';
comment on column public.customers.content_hash is
  'Hash of the values as last written by an upsert; equal hashes mean nothing changed.';
comment on column public.customers.dob is 'Date of birth; beats age.';
comment on column public.customers.age is 'Age in years as given; null where dob is known.';
comment on column public.customers.gender is 'male, female, other or unspecified.';
comment on column public.customers.external_id is
  'The vendor''s own key of the customer. Unique per vendor, immutable.';
comment on column public.customers.full_name is 'Name shown to people; searched.';
comment on column public.customers.email is 'Email address in lower case; searched.';
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
