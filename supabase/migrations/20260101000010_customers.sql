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

-- sql/customers/customer_health_profiles.sql
-- Health profiles, one per customer. Health data: no grant to anybody, so the only ways in are the audited definer
-- functions app.get_customer_health and app.put_customer_health, and the matching's (app.fresh_health_profile).
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
comment on column public.customer_health_profiles.tdee_cached is
  'bmr times the factor of the activity level, kcal a day.';
comment on column public.customer_health_profiles.derived_limits is
  'Daily ceilings and floors of all conditions together; docs/health.md gives the shape.';
comment on column public.customer_health_profiles.rules_version is
  'Fingerprint of the rules the limits were derived from; when it differs from app.rules_version they are derived '
  'anew.';
comment on column public.customer_health_profiles.created_at is 'When the profile was first stored.';
comment on column public.customer_health_profiles.updated_at is 'When an input or a derived number last changed.';
comment on column public.customer_health_profiles.updated_by is 'users.id of who last wrote it; null for a file.';

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

-- sql/customers/customer_place.sql
-- Where a row stands in every list of customers: newest change first.
create type app.customer_place as (updated_at timestamptz, id uuid);

comment on type app.customer_place is 'Place of a customer in a list.';

-- sql/customers/age_on.sql
-- Full years between a birth and a day; null for null. Born on 29 February, one is a year older on 1 March.
create or replace function app.age_on(dob date, day date default current_date)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return extract(year from age(age_on.day::timestamp, age_on.dob::timestamp))::int;
end;
$$;

comment on function app.age_on is 'Age in full years on a day.';
grant execute on function app.age_on to authenticated, service_role;

-- sql/customers/app_change_customer.sql
-- Change of one customer behind public.patch_customer and public.put_customer: an item with one row through the same
-- merge, so that the same rules hold. replace sets every field the body leaves out to nothing. Definer for the reason
-- told at app.upsert_customers.
create or replace function app.change_customer(id uuid, given jsonb, replace boolean)
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
  if given is null or jsonb_typeof(given) <> 'object' then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object')));
  end if;
  select c.external_id into v_external_id
  from public.customers as c
  where c.vendor_id = v_vendor_id and c.id = change_customer.id and c.soft_deleted_at is null
  for no key update;
  if not found then
    perform app.raise_customer_not_found();
  end if;
  if given ? 'external_id' and given ->> 'external_id' is distinct from v_external_id then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/external_id', 'immutable', 'identifies the customer and cannot change')
    ));
  end if;
  if change_customer.replace then
    given := (select jsonb_object_agg(f.field, null) from app.customer_item_fields() as f) || given;
  end if;
  v_answer := app.upsert_customers(jsonb_build_array(given || jsonb_build_object('external_id', v_external_id)));
  perform app.refuse_field_errors((
    select coalesce(jsonb_agg(
      jsonb_build_object(
        'pointer', substr(e.error ->> 'pointer', length('/items/0') + 1), 'code', e.error -> 'code',
        'detail', e.error -> 'detail'
      )
    ), '[]')
    from jsonb_array_elements(v_answer -> 'errors') as e (error)
  ));
  return public.get_customer(change_customer.id);
end;
$$;

comment on function app.change_customer is
  'Changes or replaces one customer; see public.patch_customer and public.put_customer.';
grant execute on function app.change_customer to authenticated;

-- sql/customers/app_delete_customer.sql
-- Removing a customer, behind public.delete_customer. soft: nobody can find them any more, every granted consent is
-- withdrawn, and the data waits for its retention or an erasure. hard: the row and all that is kept about the customer
-- are gone; a customer deleted softly can still be erased. Both are audited, without values.
create or replace function app.delete_customer(id uuid, mode text, purpose text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_found boolean;
begin
  if mode is null or mode not in ('soft', 'hard') then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/mode', 'invalid_value', 'must be soft or hard')
    ));
  end if;
  if mode = 'hard' then
    delete from public.customers as c where c.vendor_id = v_vendor_id and c.id = delete_customer.id;
    v_found := found;
  else
    update public.customers as c
    set soft_deleted_at = now(), updated_at = now(), updated_by = app.current_user_id()
    where c.vendor_id = v_vendor_id and c.id = delete_customer.id and c.soft_deleted_at is null;
    v_found := found;
    insert into public.customer_consents (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
    select v_vendor_id, delete_customer.id, l.consent_type, false, l.version, app.current_user_id(), 'customer deleted'
    from (
      select distinct on (c.consent_type) c.consent_type, c.granted, c.version
      from public.customer_consents as c
      where v_found and c.vendor_id = v_vendor_id and c.customer_id = delete_customer.id
      order by c.consent_type, c.id desc
    ) as l
    where l.granted;
  end if;
  if not v_found then
    perform app.raise_customer_not_found();
  end if;
  perform app.write_audit(
    action => case mode when 'hard' then 'customer.erased' else 'customer.deleted' end,
    entity => 'customer',
    entity_id => delete_customer.id::text,
    justification => left(delete_customer.purpose, 500)
  );
  perform app.emit_event(
    v_vendor_id, 'customer.updated',
    jsonb_build_object(
      'count', 1, 'customer_ids', jsonb_build_array(delete_customer.id),
      'change', case mode when 'hard' then 'erased' else 'deleted' end
    )
  );
end;
$$;

comment on function app.delete_customer is 'Deletes or erases a customer; see public.delete_customer.';
grant execute on function app.delete_customer to authenticated;

-- sql/customers/app_delete_customer_list_entry.sql
-- Takes a product off a customer's list, behind public.delete_customer_list_entry.
create or replace function app.delete_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_table constant text := app.customer_list_table(list);
  v_count int;
begin
  perform app.require_customer(v_vendor_id, delete_customer_list_entry.customer_id);
  execute format(
    'delete from public.%I as l where l.vendor_id = $1 and l.customer_id = $2 and l.product_id = $3', v_table
  )
  using v_vendor_id, delete_customer_list_entry.customer_id, delete_customer_list_entry.product_id;
  get diagnostics v_count = row_count;
  if v_count = 0 then
    perform app.raise_problem(status => 404, type => 'not-found', detail => 'The product is not on this list.');
  end if;
end;
$$;

comment on function app.delete_customer_list_entry is
  'Takes a product off a list; see public.delete_customer_list_entry.';
grant execute on function app.delete_customer_list_entry to authenticated;

-- sql/customers/app_get_customer_health.sql
-- Reading a health profile, behind public.get_customer_health. Definer, because nobody has a grant on health data: this
-- function and app.put_customer_health are the only doors. Role, existence, consent; then the audit row, then the data.
create or replace function app.get_customer_health(customer_id uuid, purpose text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_profile public.customer_health_profiles;
begin
  perform app.require_customer(v_vendor_id, get_customer_health.customer_id);
  perform app.require_health_consent(v_vendor_id, get_customer_health.customer_id);
  v_profile := app.fresh_health_profile(v_vendor_id, get_customer_health.customer_id);
  if v_profile.customer_id is null then
    perform app.raise_problem(
      status => 404,
      type => 'not-found',
      detail => 'The customer has no health profile.',
      hint => 'Store one with put_customer_health.'
    );
  end if;
  perform app.write_audit(
    action => 'health.read',
    entity => 'customer',
    entity_id => get_customer_health.customer_id::text,
    justification => left(get_customer_health.purpose, 500)
  );
  return app.health_json(v_profile);
end;
$$;

comment on function app.get_customer_health is
  'Reads a health profile and writes down who did; see public.get_customer_health.';
grant execute on function app.get_customer_health to authenticated;

-- sql/customers/app_get_customer_list.sql
-- A page of a customer's list, newest first, or one entry of it, behind public.get_customer_list and
-- public.get_customer_list_entry.
create or replace function app.get_customer_list(
  customer_id uuid, list text, product_id uuid, cursor text, page_limit int
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_table constant text := app.customer_list_table(list);
  v_scope constant text := concat_ws('/', v_vendor_id, 'lists', get_customer_list.customer_id, list);
  v_after jsonb;
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.require_customer(v_vendor_id, get_customer_list.customer_id);
  v_after := app.decode_cursor(v_scope, get_customer_list.cursor);
  execute format(
    'select coalesce(jsonb_agg(app.list_entry_json($6, to_jsonb(r)) order by r.created_at desc, r.id desc), ''[]'')
     from (
       select l.*
       from public.%I as l
       where l.vendor_id = $1 and l.customer_id = $2
         and ($3 is null or l.product_id = $3)
         and ($4 is null or (l.created_at, l.id) < (($4 ->> ''created_at'')::timestamptz, ($4 ->> ''id'')::uuid))
       order by l.created_at desc, l.id desc
       limit $5
     ) as r', v_table
  ) into v_rows
  using v_vendor_id, get_customer_list.customer_id, get_customer_list.product_id, v_after, page_limit + 1, list;
  if get_customer_list.product_id is null then
    return app.list_page(v_rows, page_limit, v_scope, array['created_at', 'id']);
  elsif v_rows = '[]' then
    perform app.raise_problem(status => 404, type => 'not-found', detail => 'The product is not on this list.');
  end if;
  return v_rows -> 0;
end;
$$;

comment on function app.get_customer_list is
  'A page of a customer''s list, or one entry; see public.get_customer_list.';
grant execute on function app.get_customer_list to authenticated;

-- sql/customers/app_list_customer_consents.sql
-- A customer's history of consents, behind public.list_customer_consents. Definer, because the table has no grants.
create or replace function app.list_customer_consents(
  customer_id uuid, consent_type text, cursor text, page_limit int
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_scope constant text := concat_ws(
    '/', v_vendor_id, 'consents', list_customer_consents.customer_id,
    app.fingerprint(to_jsonb(list_customer_consents.consent_type))
  );
  v_after jsonb;
  v_rows jsonb;
begin
  perform app.check_page_limit(page_limit);
  perform app.require_customer(v_vendor_id, list_customer_consents.customer_id);
  v_after := app.decode_cursor(v_scope, list_customer_consents.cursor);
  select coalesce(jsonb_agg(app.consent_json(page.c) order by (page.c).id desc), '[]') into v_rows
  from (
    select c
    from public.customer_consents as c
    where c.vendor_id = v_vendor_id and c.customer_id = list_customer_consents.customer_id
      and (list_customer_consents.consent_type is null or c.consent_type = list_customer_consents.consent_type)
      and (v_after is null or c.id < (v_after ->> 'id')::bigint)
    order by c.id desc
    limit page_limit + 1
  ) as page;
  return app.list_page(v_rows, page_limit, v_scope, array['id']);
end;
$$;

comment on function app.list_customer_consents is
  'A customer''s consents, latest first; see public.list_customer_consents.';
grant execute on function app.list_customer_consents to authenticated;

-- sql/customers/app_put_customer_health.sql
-- Writing a health profile, behind public.put_customer_health. Definer for the reason told at app.get_customer_health.
-- The profile is replaced whole. The audit row names the fields that changed; values stay out of every log.
create or replace function app.put_customer_health(customer_id uuid, profile jsonb, purpose text default null)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_customer constant public.customers := app.require_customer(v_vendor_id, put_customer_health.customer_id, true);
  v_read record;
  v_changed text[];
begin
  perform app.require_health_consent(v_vendor_id, put_customer_health.customer_id);
  v_read := app.read_health_profile(v_customer, put_customer_health.profile);
  perform app.refuse_field_errors(v_read.errors);
  v_changed := app.save_health_profile(v_read.profile);
  perform app.write_audit(
    action => 'health.written',
    entity => 'customer',
    entity_id => put_customer_health.customer_id::text,
    after => jsonb_build_object('changed', v_changed),
    justification => left(put_customer_health.purpose, 500)
  );
  if v_changed <> '{}' then
    perform app.emit_event(
      v_vendor_id, 'customer.updated',
      jsonb_build_object(
        'count', 1, 'customer_ids', jsonb_build_array(put_customer_health.customer_id), 'change', 'health'
      )
    );
  end if;
  return app.health_json(
    app.fresh_health_profile(v_vendor_id, put_customer_health.customer_id),
    case jsonb_typeof(put_customer_health.profile -> 'age') when 'number'
      then (put_customer_health.profile ->> 'age')::numeric end
  );
end;
$$;

comment on function app.put_customer_health is
  'Stores a health profile and writes down who did; see public.put_customer_health.';
grant execute on function app.put_customer_health to authenticated;

-- sql/customers/app_put_customer_list_entry.sql
-- Puts a product on a customer's list, behind public.put_customer_list_entry. A product is on one list at most: putting
-- it on one takes it off the other. Definer, because the tables have no grants.
create or replace function app.put_customer_list_entry(customer_id uuid, list text, product_id uuid, note text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_table constant text := app.customer_list_table(list);
  v_other constant text := app.customer_list_table(case list when 'allow' then 'deny' else 'allow' end);
  v_entry jsonb;
begin
  perform app.require_customer(v_vendor_id, put_customer_list_entry.customer_id, true);
  perform public.get_product(put_customer_list_entry.product_id);
  if length(note) > 500 then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/note', 'too_long', 'must have at most 500 characters')
    ));
  end if;
  execute format(
    'delete from public.%I as l where l.vendor_id = $1 and l.customer_id = $2 and l.product_id = $3', v_other
  )
  using v_vendor_id, put_customer_list_entry.customer_id, put_customer_list_entry.product_id;
  execute format(
    'insert into public.%I as l (vendor_id, customer_id, product_id, note) values ($1, $2, $3, $4)
     on conflict (vendor_id, customer_id, product_id) do update
     set note = excluded.note,
         updated_at = case when l.note is distinct from excluded.note then now() else l.updated_at end
     returning to_jsonb(l)', v_table
  ) into v_entry
  using v_vendor_id, put_customer_list_entry.customer_id, put_customer_list_entry.product_id,
    put_customer_list_entry.note;
  return app.list_entry_json(list, v_entry);
end;
$$;

comment on function app.put_customer_list_entry is 'Puts a product on a list; see public.put_customer_list_entry.';
grant execute on function app.put_customer_list_entry to authenticated;

-- sql/customers/app_record_customer_consent.sql
-- Adds to a customer's history of consents, behind public.record_customer_consent. Definer, because the history is only
-- ever added to, and only here.
create or replace function app.record_customer_consent(customer_id uuid, consent jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_consent public.customer_consents;
begin
  perform app.require_customer(v_vendor_id, record_customer_consent.customer_id, true);
  perform app.refuse_field_errors(app.body_errors(
    consent, '{"consent_type": "string!", "granted": "boolean!", "version": "string!", "note": "string?"}'
  ));
  if consent ->> 'consent_type' !~ '^[a-z][a-z0-9_]{0,63}$' then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      '/consent_type', 'invalid_format', 'must be lower case letters, digits and underscores, e.g. health_data'
    )));
  elsif length(consent ->> 'version') > 100 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      '/version', 'too_long', 'must have at most 100 characters'
    )));
  end if;
  insert into public.customer_consents as c (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
  values (
    v_vendor_id, record_customer_consent.customer_id, consent ->> 'consent_type', (consent ->> 'granted')::boolean,
    consent ->> 'version', app.current_user_id(), consent ->> 'note'
  )
  returning c.* into v_consent;
  perform app.write_audit(
    action => case when v_consent.granted then 'consent.granted' else 'consent.withdrawn' end,
    entity => 'customer',
    entity_id => v_consent.customer_id::text,
    after => jsonb_build_object('consent_type', v_consent.consent_type, 'version', v_consent.version)
  );
  return app.consent_json(v_consent);
end;
$$;

comment on function app.record_customer_consent is
  'Records a consent or its withdrawal; see public.record_customer_consent.';
grant execute on function app.record_customer_consent to authenticated;

-- sql/customers/app_search_customers.sql
-- Search and list behind public.search_customers. Definer, because under row level security the search index cannot be
-- used; so this function takes the vendor from the claims itself and names it in every query. Never from an argument.
create or replace function app.search_customers(
  q text, email text, tags_any text[], updated_after timestamptz, cursor text, page_limit int
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_scope text;
  v_keys jsonb;
  v_place app.customer_place;
  v_places app.customer_place[];
  v_more boolean;
  v_data jsonb;
begin
  perform app.check_page_limit(page_limit);
  if length(q) > 200 or length(email) > 254 or cardinality(tags_any) > 50 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      case when length(q) > 200 then '/q' when length(email) > 254 then '/email' else '/tags.any' end,
      'too_long', 'is too long: q has at most 200 characters, email 254, tags.any 50 entries'
    )));
  end if;
  if array_position(tags_any, null) is not null then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/tags.any', 'invalid_type', 'must hold nothing but words'))
    );
  end if;
  v_scope := format('customers %s %s', v_vendor_id, app.fingerprint(jsonb_build_array(
    q, search_customers.email, tags_any, extract(epoch from search_customers.updated_after)
  )));
  v_keys := app.decode_cursor(v_scope, search_customers.cursor);
  if v_keys is not null then
    v_place := row((v_keys ->> 'u')::timestamptz, (v_keys ->> 'i')::uuid);
  end if;
  -- One more than the page tells whether there is another.
  v_places := app.find_customers(
    v_vendor_id, app.customer_query(q, search_customers.email, tags_any), search_customers.updated_after, v_place,
    page_limit + 1
  );
  v_more := cardinality(v_places) > page_limit;
  v_places := v_places[:page_limit];
  execute format(
    'select coalesce(jsonb_agg(f), ''[]'') from partitions.fetch_customers_%s($1) as f',
    replace(v_vendor_id::text, '-', '')
  )
  using array(select p.id from unnest(v_places) as p)
  into v_data;
  v_place := v_places[page_limit];
  return jsonb_build_object(
    'data', v_data,
    'next_cursor', case when v_more then
      app.encode_cursor(v_scope, jsonb_build_object('u', (v_place).updated_at, 'i', (v_place).id))
    end
  );
end;
$$;

comment on function app.search_customers is 'Searches the caller''s customers; see public.search_customers.';
grant execute on function app.search_customers to authenticated;

-- sql/customers/app_upsert_customers.sql
-- Batch upsert behind public.upsert_customers. Definer, because staging, the work tables and the customers have no
-- write grants: this function is their door, and it lets in operators of the vendor in the claims, for that vendor.
create or replace function app.upsert_customers(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
set gin_pending_list_limit = '256kB'
as $$
declare
  most_items constant int := 10000;
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_batch_id constant uuid := gen_random_uuid();
  v_misshapen jsonb;
  v_answer jsonb;
  v_errors jsonb;
begin
  if items is null or jsonb_typeof(items) <> 'array' or jsonb_array_length(items) not between 1 and most_items then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('items is a list of 1 to %s customers.', most_items),
      errors => '[{"pointer": "/items", "code": "invalid_list", "detail": "Send a list, in portions if it is long."}]'
    );
  end if;
  select
    coalesce(jsonb_agg(
      jsonb_build_object(
        'row_no', c.row_no, 'external_id', left(items -> c.row_no::int ->> 'external_id', 255), 'pointer', c.pointer,
        'code', c.code, 'detail', c.detail
      )
    ), '[]')
  into v_misshapen
  from app.check_customer_items(items) as c;

  perform app.stage_customer_items(
    v_vendor_id, v_batch_id, items,
    array(select distinct (e.error ->> 'row_no')::bigint from jsonb_array_elements(v_misshapen) as e (error))
  );
  v_answer := app.merge_staged_customers(v_batch_id, 'api');
  v_errors := app.item_errors(v_misshapen || (v_answer -> 'errors'));
  if upsert_customers.atomic and v_errors <> '[]' then
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
    'catalog_version', (select v.catalog_version from public.vendors as v where v.id = v_vendor_id)
  );
end;
$$;

comment on function app.upsert_customers is 'Upserts customers of the caller''s vendor; see public.upsert_customers.';
grant execute on function app.upsert_customers to authenticated;

-- sql/customers/apply_checked_customers.sql
-- Plan and writing of a merge. What others do at the same time shows only while writing: then the write is undone (it
-- is a subtransaction) and planned anew on what they committed.
create or replace function app.apply_checked_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  for v_round in 1 .. 20 loop
    perform app.plan_staged_customers(apply_checked_customers.vendor_id);
    begin
      perform app.write_planned_customers(apply_checked_customers.vendor_id);
      return;
    exception when sqlstate 'OD001' or deadlock_detected then
      perform pg_sleep(0.01 * v_round * random());
    end;
  end loop;
  perform app.raise_problem(
    status => 409,
    type => 'concurrent-change',
    detail => 'Other writers kept changing the same customers.',
    hint => 'Send the request again.'
  );
end;
$$;

comment on function app.apply_checked_customers is
  'Writes the rows of customer_rows, again when others came in between.';

-- sql/customers/check_customer_items.sql
-- The shape of items before they are staged: objects, known fields, right JSON types. What the values mean is the
-- merge's matter. row_no counts from 0; pointers start at the item.
create or replace function app.check_customer_items(items jsonb)
returns table (row_no bigint, pointer text, code text, detail text)
language sql
stable
set search_path = ''
as $$
  with elements as (
    select e.place - 1 as row_no, e.item
    from jsonb_array_elements(check_customer_items.items) with ordinality as e (item, place)
  ),
  entries as (
    select e.row_no, k.key, k.value, f.field, f.types,
      k.key in ('id', 'vendor_id', 'created_at', 'updated_at', 'created_by', 'updated_by') as is_ours
    from elements as e
    cross join lateral jsonb_each(case jsonb_typeof(e.item) when 'object' then e.item else '{}' end) as k
    left join app.customer_item_fields() as f on f.field = k.key
  )
  select e.row_no, '', 'invalid_type', 'An item is an object.'
  from elements as e
  where jsonb_typeof(e.item) <> 'object'
  union all
  select
    e.row_no,
    '/' || app.pointer_token(e.key),
    case when e.is_ours then 'read_only' else 'unknown_field' end,
    case when e.is_ours then 'The server sets this field; leave it out.'
      else 'There is no such field; docs/customers.md lists them.' end
  from entries as e
  where e.field is null
  union all
  select
    e.row_no, '/' || e.key, 'invalid_type',
    format('%s is null or of JSON type %s.', e.key, array_to_string(e.types, ' or '))
  from entries as e
  where jsonb_typeof(e.value) <> 'null' and jsonb_typeof(e.value) <> all (e.types)
  union all
  select e.row_no, format('/%s/%s', e.key, l.place - 1), 'invalid_type', format('Every entry of %s is a string.', e.key)
  from entries as e
  cross join lateral jsonb_array_elements(case jsonb_typeof(e.value) when 'array' then e.value else '[]' end)
    with ordinality as l (entry, place)
  where e.types = '{array}' and jsonb_typeof(l.entry) <> 'string';
$$;

comment on function app.check_customer_items is 'What is wrong with the shape of customer items.';

-- sql/customers/check_staged_customers.sql
-- First step of a merge: every row read once; clean, typed values go to customer_rows, what is wrong to merge_errors.
-- Each check uses the very cast that follows it. In files a bad phone, date, age, gender or location is left out and
-- reported while the row is kept; identity, name and email are never guessed.
create or replace function app.check_staged_customers(vendor_id uuid, batch_id uuid, mode text, fields text[])
returns void
language plpgsql
volatile
set search_path = ''
set enable_nestloop = off
set plan_cache_mode = force_custom_plan
as $$
declare
  blanks constant text := E' \t\r\n\u00a0';
  droppable constant text[] := array['/phone', '/dob', '/age', '/gender', '/location', '/custom_tags'];
  is_file constant boolean := mode = 'file';
begin
  with gender_word as (
    select m.token, m.canonical
    from app.match_tokens(check_staged_customers.vendor_id, 'gender', (
      select array_agg(distinct s.gender)
      from public.stg_customers as s
      where s.batch_id = check_staged_customers.batch_id and s.gender ~ '\S'
    )) as m
  ),
  cleaned as (
    select
      s.row_no,
      nullif(btrim(s.external_id, blanks), '') as external_id,
      coalesce(s.present, check_staged_customers.fields) as given,
      nullif(btrim(regexp_replace(s.full_name, '\s+', ' ', 'g'), blanks), '') as full_name,
      nullif(btrim(s.email, blanks), '') as raw_email,
      app.normalize_email(s.email) as email,
      nullif(btrim(s.phone, blanks), '') as raw_phone,
      app.normalize_phone(s.phone) as phone,
      nullif(btrim(s.dob, blanks), '') as dob,
      nullif(btrim(s.age, blanks), '') as age,
      nullif(btrim(s.gender, blanks), '') as raw_gender,
      g.canonical as gender,
      app.clean_location(s.location) as location,
      nullif(
        case when s.custom_tags is not null then array(
          select t.tag
          from unnest(s.custom_tags) with ordinality as u (raw, place)
          cross join lateral btrim(u.raw, blanks) as t (tag)
          where t.tag <> ''
          group by t.tag
          order by min(u.place)
        ) end,
        '{}'
      ) as custom_tags
    from public.stg_customers as s
    left join gender_word as g on g.token = s.gender
    where s.batch_id = check_staged_customers.batch_id
  ),
  judged as materialized (
    select
      r.*,
      array_remove(array[
        case
          when r.external_id is null then '/external_id required'
          when length(r.external_id) > 255 then '/external_id too_long'
        end,
        case
          when r.full_name is null and 'full_name' = any (r.given) then '/full_name required'
          when length(r.full_name) > 200 then '/full_name too_long'
        end,
        case
          when r.raw_email is null and 'email' = any (r.given) then '/email required'
          when r.raw_email is not null and r.email is null then '/email invalid_email'
        end,
        case when r.raw_phone is not null and r.phone is null then '/phone invalid_phone' end,
        case
          when r.dob !~ '^\d{4}-\d{2}-\d{2}$' or not pg_input_is_valid(r.dob, 'date') then '/dob invalid_dob'
          when r.dob::date not between '1890-01-01' and current_date then '/dob invalid_dob'
        end,
        case
          when r.age !~ '^\d{1,3}(\.0+)?$' then '/age invalid_age'
          when r.age::numeric > 130 then '/age invalid_age'
        end,
        case when r.raw_gender is not null and r.gender is null then '/gender unknown_gender' end,
        case when not app.location_is_sound(r.location) then '/location invalid_location' end,
        case
          when cardinality(r.custom_tags) > 100 then '/custom_tags too_many'
          when exists (select from unnest(r.custom_tags) as t (tag) where length(t.tag) > 100)
            then '/custom_tags too_long'
        end
      ], null) as faults
    from cleaned as r
  ),
  reported as (
    insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail, applied)
    select
      j.row_no,
      left(j.external_id, 255),
      split_part(f.fault, ' ', 1),
      split_part(f.fault, ' ', 2),
      app.customer_fault_detail(split_part(f.fault, ' ', 1), split_part(f.fault, ' ', 2)),
      is_file and split_part(f.fault, ' ', 1) = any (droppable)
    from judged as j
    cross join lateral unnest(j.faults) as f (fault)
    where j.faults <> '{}'
    returning row_no, pointer, applied
  ),
  refused as (
    select distinct e.row_no from reported as e where not e.applied
  ),
  dropped as (
    select e.row_no, array_agg(substr(e.pointer, 2)) as fields from reported as e where e.applied group by e.row_no
  ),
  sound as (
    select
      j.row_no,
      j.external_id,
      case when d.fields is null then j.given
        else array(select g.field from unnest(j.given) as g (field) where g.field <> all (d.fields)) end as given,
      j.full_name,
      j.email,
      j.phone,
      case when d.fields is null or 'dob' <> all (d.fields) then j.dob::date end as dob,
      case when d.fields is null or 'age' <> all (d.fields) then j.age::numeric::int end as age,
      j.gender,
      case when d.fields is null or 'location' <> all (d.fields) then j.location end as location,
      case when d.fields is null or 'custom_tags' <> all (d.fields) then j.custom_tags end as custom_tags
    from judged as j
    left join refused as r on r.row_no = j.row_no
    left join dropped as d on d.row_no = j.row_no
    where r.row_no is null
  )
  insert into pg_temp.customer_rows
  select
    s.row_no,
    extensions.uuid_generate_v5(check_staged_customers.vendor_id, s.external_id),
    s.external_id, s.given, s.full_name, s.email, s.phone, s.dob, s.age, s.gender, s.location, s.custom_tags,
    md5(concat_ws(
      E'\x1f', s.given, coalesce(s.full_name, ''), coalesce(s.email, ''), coalesce(s.phone, ''),
      coalesce(s.dob::text, ''), coalesce(s.age::text, ''), coalesce(s.gender, ''), coalesce(s.location::text, ''),
      coalesce(s.custom_tags::text, '')
    ))::uuid
  from sound as s;
end;
$$;

comment on function app.check_staged_customers is
  'Fills customer_rows with the sound rows of a batch and merge_errors with the faults of the others.';

-- sql/customers/clean_location.sql
-- A location with its texts trimmed and what is blank left out; null when nothing is left. Keys are the vendor's own;
-- address, city, region, postal_code and country are the ones files fill.
create or replace function app.clean_location(location jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(location) is distinct from 'object' then
    return null;
  end if;
  -- Most need no cleaning, and looking costs a fifth of it.
  if location::text !~ ': (null|"\s*"|"\s|"[^"]*\s")' then
    return nullif(location, '{}');
  end if;
  return (
    select jsonb_object_agg(
      l.key, case jsonb_typeof(l.value) when 'string' then to_jsonb(btrim(l.value #>> '{}')) else l.value end
    )
    from jsonb_each(location) as l
    where l.value <> 'null' and l.value #>> '{}' ~ '\S'
  );
end;
$$;

comment on function app.clean_location is 'A location without blanks; null when nothing is left.';

-- sql/customers/close_customer_merge.sql
-- Last step of a merge: report, tell the outbox once, flush the search index after large batches, clear the staging.
create or replace function app.close_customer_merge(vendor_id uuid, job_id uuid, batch_id uuid, received int)
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
  v_ids jsonb;
  v_failed int;
  v_errors jsonb;
begin
  select
    count(*) filter (where m.written = 'inserted'),
    count(*) filter (where m.written = 'updated'),
    jsonb_agg(m.id order by m.row_no) filter (where m.written is not null)
  into v_inserted, v_updated, v_ids
  from pg_temp.merge_plan as m;
  select count(distinct e.row_no) into v_failed from pg_temp.merge_errors as e where not e.applied;

  if close_customer_merge.job_id is null then
    select jsonb_agg(
      jsonb_build_object(
        'row_no', e.row_no, 'external_id', e.external_id, 'pointer', e.pointer, 'code', e.code, 'detail', e.detail
      )
      order by e.row_no, e.pointer
    )
    into v_errors
    from pg_temp.merge_errors as e;
  else
    insert into public.ingestion_job_errors (job_id, row_no, field, code, message)
    select close_customer_merge.job_id, e.row_no, nullif(substr(e.pointer, 2), ''), e.code, e.detail
    from pg_temp.merge_errors as e
    order by e.row_no, e.pointer;
  end if;

  -- A job is told as a whole when it ends: app.emit_job_changes.
  if v_inserted + v_updated > 0 and close_customer_merge.job_id is null then
    perform app.emit_event(
      close_customer_merge.vendor_id, 'customer.updated',
      jsonb_build_object(
        'count', v_inserted + v_updated, 'inserted', v_inserted, 'updated', v_updated,
        'customer_ids', case when v_inserted + v_updated <= most_ids then v_ids end, 'change', 'profile',
        'job_id', close_customer_merge.job_id
      )
    );
  end if;
  if v_inserted + v_updated >= 1000 then
    perform app.flush_customer_search(close_customer_merge.vendor_id);
  end if;
  delete from public.stg_customers as s where s.batch_id = close_customer_merge.batch_id;
  return jsonb_build_object(
    'received', close_customer_merge.received,
    'inserted', v_inserted,
    'updated', v_updated,
    'unchanged', close_customer_merge.received - v_failed - v_inserted - v_updated,
    'failed', v_failed,
    'errors', coalesce(v_errors, '[]'),
    'catalog_version', (select v.catalog_version from public.vendors as v where v.id = close_customer_merge.vendor_id)
  );
end;
$$;

comment on function app.close_customer_merge is 'Reports a merge of customers and empties the batch.';

-- sql/customers/consent_json.sql
-- The one shape of a consent in answers.
create or replace function app.consent_json(consent public.customer_consents)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', consent.id,
    'customer_id', consent.customer_id,
    'consent_type', consent.consent_type,
    'granted', consent.granted,
    'version', consent.version,
    'timestamp', to_char(consent."timestamp" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'recorded_by', consent.recorded_by,
    'note', consent.note
  );
end;
$$;

comment on function app.consent_json is 'A consent as answers show it.';

-- sql/customers/create_vendor_customer_search.sql
-- Gives a vendor functions of its own for searching customers, whose plans are made once a connection
-- (app.create_vendor_function). What is not given comes as infinity, so that one plan serves all calls.
create or replace function app.create_vendor_customer_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- The order of change, no further than a budget of rows. The rows are matched above the merge of the leaves: below
  -- it, each of 32 leaves would have to find a match before there is a first.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'walk_customers',
    'match tsquery, updated_after timestamptz, before_time timestamptz, before_id uuid, budget bigint, max_rows int',
    'setof app.customer_place', 'set enable_bitmapscan = off set enable_sort = off',
    '
  select w.updated_at, w.id
  from (
    select c.updated_at, c.id, c.search_tsv, c.soft_deleted_at
    from %1$s as c
    where c.vendor_id = %2$s and c.updated_at > updated_after and (c.updated_at, c.id) < (before_time, before_id)
    order by c.updated_at desc, c.id desc
    limit budget
  ) as w
  where (match is null or w.search_tsv @@ match) and w.soft_deleted_at is null
  order by w.updated_at desc, w.id desc
  limit max_rows'
  );
  -- All matches by the search index, sorted; `whole` is checked on the rows alone. No vendor_id, and no other scans:
  -- only the search index can then answer it.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'match_customers',
    'match tsquery, whole tsquery, updated_after timestamptz, before_time timestamptz, before_id uuid, max_rows int',
    'setof app.customer_place', 'set enable_indexscan = off set enable_indexonlyscan = off',
    '
  select c.updated_at, c.id
  from %1$s as c
  where c.search_tsv @@ match
    and (whole is null or c.search_tsv @@ whole)
    and c.soft_deleted_at is null
    and c.updated_at > updated_after
    and (c.updated_at, c.id) < (before_time, before_id)
  order by c.updated_at desc, c.id desc
  limit max_rows'
  );
  -- How many match in the first of the 32 leaves, counted no further than asked. Leaves are alike: ids are hashes.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'sample_customers', 'match tsquery, most int', 'setof bigint',
    'set enable_indexscan = off set enable_indexonlyscan = off',
    'select count(*) from (select from %1$s_00 as c where c.search_tsv @@ match limit most) as s'
  );
  -- The rows with these ids, in their order. Id by id, so that only the leaf that can have it is looked into.
  perform app.create_vendor_function(
    vendor_id, 'customers', 'fetch_customers', 'ids uuid[]', 'setof jsonb',
    'set enable_hashjoin = off set enable_mergejoin = off',
    '
  select app.customer_json(c)
  from unnest(ids) with ordinality as w (id, place)
  inner join %1$s as c on c.vendor_id = %2$s and c.id = w.id
  order by w.place'
  );
end;
$$;

comment on function app.create_vendor_customer_search is 'Makes the functions of one vendor that search its customers.';

-- sql/customers/customer_columns.sql
-- The columns of public.stg_customers a mapping fills, each with its SQL expression over a row `r`. A name may come in
-- two parts, of which one may be called just "name" (Nom and Prénom, Nombre and Apellidos), a place in several; health
-- columns together make one object, in which blank cells are left out, so that they change nothing.
create or replace function app.customer_columns(mapping jsonb)
returns table (name text, expression text, is_given boolean)
language sql
stable
set search_path = ''
as $$
  with text_column (name, expression, is_given) as (
    select f.name, app.mapped_text(customer_columns.mapping, f.name), f.name <> 'health_consent'
    from unnest(array['external_id', 'email', 'phone', 'dob', 'age', 'gender', 'health_consent']) as f (name)
  ),
  given_name (whole, first, last, is_certain) as (
    select
      app.mapped_text(customer_columns.mapping, 'full_name'),
      app.mapped_text(customer_columns.mapping, 'first_name'),
      app.mapped_text(customer_columns.mapping, 'last_name'),
      (customer_columns.mapping #>> '{fields,full_name,0,confidence}')::numeric >= 1
  ),
  name_column (name, expression, is_given) as (
    select
      'full_name',
      case
        when not n.is_certain and (n.first is null) <> (n.last is null)
          then format('app.join_name(%s, %s, %s)', coalesce(n.first, 'null'), n.whole, coalesce(n.last, 'null'))
        when coalesce(n.first, n.last) is null then n.whole
        else format(
          'coalesce(%snullif(concat_ws('' '', %s), ''''))', n.whole || ', ', concat_ws(', ', n.first, n.last)
        )
      end,
      true
    from given_name as n
  ),
  location_column (name, expression, is_given) as (
    select
      'location',
      format(
        'nullif(%sjsonb_strip_nulls(jsonb_build_object(%s)), ''{}'')',
        'app.read_location(' || app.mapped_text(customer_columns.mapping, 'location') || ') || ',
        string_agg(format('%L, %s', l.key, app.mapped_text(customer_columns.mapping, l.field)), ', ' order by l.key)
          filter (where app.mapped_text(customer_columns.mapping, l.field) is not null)
      ),
      true
    from (values
      ('city', 'city'), ('region', 'region'), ('postal_code', 'postal_code'), ('country', 'country')
    ) as l (key, field)
    having bool_or(app.mapped_text(customer_columns.mapping, l.field) is not null)
      or app.mapped_text(customer_columns.mapping, 'location') is not null
  ),
  tag_column (name, expression, is_given) as (
    select 'custom_tags', app.mapped_list(customer_columns.mapping, 'custom_tags'), true
  ),
  health_column (name, expression, is_given) as (
    select
      'health',
      format('nullif(jsonb_strip_nulls(jsonb_build_object(%s)), ''{}'')', string_agg(
        format('%L, %s', h.field, h.expression), ', ' order by h.field
      )),
      false
    from (
      select f.field, case
        when f.field in ('conditions', 'diet_goals', 'avoid_allergens')
          then 'to_jsonb(' || app.mapped_list(customer_columns.mapping, f.field) || ')'
        else app.mapped_text(customer_columns.mapping, f.field)
      end as expression
      from unnest(app.health_mapping_fields()) as f (field)
    ) as h
    where h.expression is not null
    having count(*) > 0
  )
  select c.name, c.expression, c.is_given
  from (
    select * from text_column union all select * from name_column union all select * from location_column
    union all select * from tag_column union all select * from health_column
  ) as c (name, expression, is_given)
  where c.expression is not null;
$$;

comment on function app.customer_columns is
  'Staging columns of customers that a mapping fills, with their expressions.';

-- sql/customers/customer_fault_detail.sql
-- The sentence for a fault of a customer: what is wrong and what to do. The codes are stable, the words are for people;
-- none repeats a value.
create or replace function app.customer_fault_detail(pointer text, code text)
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
    when 'too_long' then format('%s is too long; docs/customers.md lists the limits.', v_field)
    when 'too_many' then format('%s has more than 100 entries.', v_field)
    when 'invalid_email' then 'email is one address such as ada@example.com.'
    when 'invalid_phone' then
      'phone is an international number with + (+44 20 7946 0018), or ten digits of the North American plan.'
    when 'invalid_dob' then 'dob is a date such as 1990-12-31, from 1890 to today.'
    when 'invalid_age' then 'age is a whole number of years from 0 to 130.'
    when 'unknown_gender' then 'gender is male, female, other or unspecified.'
    when 'invalid_location' then 'location is an object of at most 20 texts and numbers, 4 KiB in all.'
    when 'invalid_consent' then 'health_consent is yes or no.'
    when 'consent_required' then
      'The row was applied without its health columns: the customer has not agreed to health data '
      '(column health_consent).'
    when 'superseded' then 'A later row has the same external_id; that one counts.'
    else code
  end;
end;
$$;

comment on function app.customer_fault_detail is 'The sentence for a fault code of a customer.';

-- sql/customers/customer_item_fields.sql
-- The fields an item of upsert_customers, a put or a patch may carry, and their JSON types. Null is always allowed and
-- clears the field.
create or replace function app.customer_item_fields()
returns table (field text, types text[])
language sql
immutable
parallel safe
set search_path = ''
as $$
  values
    ('external_id', '{string}'::text[]),
    ('full_name', '{string}'),
    ('email', '{string}'),
    ('phone', '{string}'),
    ('dob', '{string}'),
    ('age', '{number}'),
    ('gender', '{string}'),
    ('location', '{object,string}'),
    ('custom_tags', '{array}');
$$;

comment on function app.customer_item_fields is 'Fields of a customer item and their JSON types.';

-- sql/customers/customer_json.sql
-- The one shape of a customer in answers. age is of today where dob is known.
create or replace function app.customer_json(customer public.customers)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', customer.id,
    'vendor_id', customer.vendor_id,
    'external_id', customer.external_id,
    'full_name', customer.full_name,
    'email', customer.email,
    'phone', customer.phone,
    'dob', customer.dob,
    'age', coalesce(app.age_on(customer.dob), customer.age),
    'gender', customer.gender,
    'location', customer.location,
    'custom_tags', customer.custom_tags,
    'created_by', customer.created_by,
    'updated_by', customer.updated_by,
    'created_at', to_char(customer.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(customer.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.customer_json is 'A customer as answers show them.';
grant execute on function app.customer_json to authenticated, service_role;

-- sql/customers/customer_list_table.sql
-- The table behind a customer's list: allow or deny. Problem 404 for any other word, which is part of a path.
create or replace function app.customer_list_table(list text)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if list is null or list not in ('allow', 'deny') then
    perform app.raise_problem(
      status => 404, type => 'not-found', detail => 'A customer has the lists allow and deny.'
    );
  end if;
  return case list when 'allow' then 'customer_whitelists' else 'customer_blacklists' end;
end;
$$;

comment on function app.customer_list_table is 'Table of the list allow or deny.';

-- sql/customers/customer_query.sql
-- The filters of search_customers as queries of search_tsv that must all match: every word of q by its beginning (a
-- word with @ is the beginning of an email), the exact email, one of the tags. Null without filters; none at all when q
-- has no word, and then nothing matches.
create or replace function app.customer_query(q text, email text, tags_any text[])
returns tsquery[]
language plpgsql
immutable
parallel safe
set search_path = ''
set client_min_messages = warning
as $$
declare
  v_parts text[] := '{}';
begin
  if q ~ '\S' then
    select array_agg(distinct w.lexeme) into v_parts
    from regexp_split_to_table(q, '\s+') as t (token)
    cross join lateral (
      select app.quote_lexeme('m=' || lower(t.token)) || ':*' as lexeme where t.token ~ '.@'
      union all
      select app.quote_lexeme(l.word) || ':*'
      from unnest(tsvector_to_array(to_tsvector('app.catalog_words', app.search_words(t.token)))) as l (word)
      where t.token !~ '.@'
    ) as w;
    if v_parts is null then
      return '{}';
    end if;
  end if;
  if email ~ '\S' then
    v_parts := v_parts || app.quote_lexeme('m=' || lower(btrim(email)));
  end if;
  if cardinality(tags_any) > 0 then
    v_parts := v_parts || (
      select string_agg(app.quote_lexeme('t=' || app.fold_text(t.tag)), ' | ') from unnest(tags_any) as t (tag)
    );
  end if;
  return nullif(v_parts, '{}')::tsquery[];
end;
$$;

comment on function app.customer_query is
  'Filters of search_customers as queries that must all match; null without any.';

-- sql/customers/customer_search_vector.sql
-- The one recipe of customers.search_tsv: words of the name and of the email before its @, and as facets that no word
-- can equal the whole email (m=) and each tag (t=, folded). A change here must be followed by:
-- update public.customers set search_tsv = app.customer_search_vector(full_name, email, custom_tags).
create or replace function app.customer_search_vector(full_name text, email text, custom_tags text[])
returns tsvector
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- Joined and split again: unlike a subquery this stays one expression, and a bulk load feels the difference.
  return strip(to_tsvector(
    'app.catalog_words', app.search_words(full_name || ' ' || split_part(email, '@', 1))
  )) || array_to_tsvector(string_to_array(
    'm=' || email
      || coalesce(E'\x01t=' || app.fold_text(nullif(array_to_string(custom_tags, E'\x01t='), '')), ''),
    E'\x01'
  ));
end;
$$;

comment on function app.customer_search_vector is 'Builds customers.search_tsv from the values it depends on.';

-- sql/customers/customers_given_fields.sql
-- The fields a file of customers speaks about: an empty cell of one clears the stored value.
create or replace function app.customers_given_fields(mapping jsonb)
returns text[]
language sql
stable
set search_path = ''
as $$
  select array(
    select c.name from app.customer_columns(customers_given_fields.mapping) as c where c.is_given order by c.name
  );
$$;

comment on function app.customers_given_fields is 'Fields of customers that a mapping fills.';

-- sql/customers/customers_preview.sql
-- What a merge of customers did, row by row, for a preview: read from the merge's work tables before it is undone.
-- Health profiles are not shown.
create or replace function app.customers_preview(vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  return (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'row_no', r.row_no, 'outcome', coalesce(m.written, 'unchanged'), 'stored', app.customer_json(c)
        )
        order by r.row_no
      ),
      '[]'
    )
    from pg_temp.customer_rows as r
    inner join public.customers as c on c.vendor_id = customers_preview.vendor_id and c.id = r.id
    left join pg_temp.merge_plan as m on m.row_no = r.row_no
  );
end;
$$;

comment on function app.customers_preview is 'Rows of the merge just done with what is stored for each.';

-- sql/customers/delete_customer.sql
-- What DELETE /v1/customers/:id and rpc('delete_customer') call.
create or replace function public.delete_customer(id uuid, mode text default 'soft', purpose text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_customer(delete_customer.id, delete_customer.mode, delete_customer.purpose);
end;
$$;

comment on function public.delete_customer is
  'Deletes a customer: soft hides them and withdraws their consents, hard also erases health profile, consents, lists '
  'and matches for good. The audit trail stays. Problem 404 when there is none.';
grant execute on function public.delete_customer to authenticated;

-- sql/customers/delete_customer_list_entry.sql
-- What DELETE /v1/customers/:id/lists/:list/:product_id and rpc('delete_customer_list_entry') call.
create or replace function public.delete_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_customer_list_entry(
    delete_customer_list_entry.customer_id, delete_customer_list_entry.list, delete_customer_list_entry.product_id
  );
end;
$$;

comment on function public.delete_customer_list_entry is
  'Takes a product off a customer''s list; problem 404 when it is not on it.';
grant execute on function public.delete_customer_list_entry to authenticated;

-- sql/customers/derive_health_profile.sql
-- Fills the derived columns of a profile from its inputs and the rules in force: numbers, limits and the version of the
-- rules. Everything that writes a profile goes through here.
create or replace function app.derive_health_profile(profile public.customer_health_profiles)
returns public.customer_health_profiles
language plpgsql
stable
set search_path = ''
as $$
declare
  v_numbers record;
begin
  v_numbers := app.health_numbers(
    profile.exact_height_cm, profile.exact_weight_kg, profile.age, profile.gender, profile.activity_level
  );
  profile.height_cm := profile.exact_height_cm;
  profile.weight_kg := profile.exact_weight_kg;
  profile.bmi := v_numbers.bmi;
  profile.bmr := v_numbers.bmr;
  profile.tdee_cached := v_numbers.tdee;
  profile.derived_limits := app.combine_diet_rules(
    profile.vendor_id, profile.conditions, profile.macro_targets, v_numbers.tdee, profile.exact_weight_kg, profile.age,
    profile.gender
  );
  profile.rules_version := profile.derived_limits ->> 'rules_version';
  return profile;
end;
$$;

comment on function app.derive_health_profile is 'A profile with its derived columns computed.';

-- sql/customers/erase_customer_data.sql
-- What is kept about a customer in this folder goes when the row goes, whoever removes it. Other folders add triggers
-- of their own beside their tables. The audit log stays: it says who did what to which id, and holds no values.
create or replace function app.erase_customer_data()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  delete from public.customer_health_profiles as h where h.vendor_id = old.vendor_id and h.customer_id = old.id;
  delete from public.customer_consents as c where c.vendor_id = old.vendor_id and c.customer_id = old.id;
  delete from public.customer_whitelists as w where w.vendor_id = old.vendor_id and w.customer_id = old.id;
  delete from public.customer_blacklists as b where b.vendor_id = old.vendor_id and b.customer_id = old.id;
  return null;
end;
$$;

comment on function app.erase_customer_data is
  'Trigger: removes health profile, consents and lists of a removed customer.';

create or replace trigger erase_customer_data_trigger
after delete on public.customers
for each row execute function app.erase_customer_data();

-- sql/customers/find_customers.sql
-- The next places of a search, newest change first. By the search index where few match: all of them are fetched and
-- sorted. What matches more is met so often on the way that walking the order of change is quicker; not so where the
-- matches are all old, and then the index gets them after all. How many match is sampled. The rarest part of a query
-- leads, and the others are asked of the rows: for a beginning of words the index reads all that has it.
-- All ways give the same page, so cursors do not care which was taken.
create or replace function app.find_customers(
  vendor_id uuid, parts tsquery[], updated_after timestamptz, place app.customer_place, max_rows int
)
returns app.customer_place[]
language plpgsql
stable
set search_path = ''
as $$
declare
  leaves constant int := 32;
  -- With so many matches both ways take as long in a million customers: a fetched match costs four steps of the walk,
  -- and the more rows are wanted, the longer the walk.
  few constant int := 500 * sqrt(max_rows);
  -- Three times what the walk takes with that many matches spread evenly.
  budget constant bigint := 12 * few;
  v_key constant text := replace(find_customers.vendor_id::text, '-', '');
  v_sample constant text := format('select * from partitions.sample_customers_%s($1, $2)', v_key);
  v_after constant timestamptz := coalesce(find_customers.updated_after, '-infinity');
  v_before constant timestamptz := coalesce((place).updated_at, 'infinity');
  v_before_id constant uuid := coalesce((place).id, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  v_part tsquery;
  v_whole tsquery;
  v_lead tsquery;
  v_sampled bigint;
  v_least bigint;
  v_found app.customer_place[];
begin
  if parts = '{}' then
    return '{}';
  end if;
  foreach v_part in array coalesce(parts, '{}') loop
    execute v_sample using v_part, few / leaves into v_sampled;
    if v_least is null or v_sampled < v_least then
      v_lead := v_part;
      v_least := v_sampled;
    end if;
    v_whole := coalesce(v_whole && v_part, v_part);
  end loop;
  if v_least >= few / leaves and cardinality(parts) > 1 then
    v_lead := v_whole;
    execute v_sample using v_whole, few / leaves into v_least;
  end if;
  if v_least is null or v_least >= few / leaves then
    execute format('select array_agg(f) from partitions.walk_customers_%s($1, $2, $3, $4, $5, $6) as f', v_key)
    using v_whole, v_after, v_before, v_before_id, case when v_whole is not null then budget end, max_rows
    into v_found;
    if v_whole is null or cardinality(v_found) = max_rows then
      return coalesce(v_found, '{}');
    end if;
  end if;
  execute format('select array_agg(f) from partitions.match_customers_%s($1, $2, $3, $4, $5, $6) as f', v_key)
  using v_lead, nullif(v_whole, v_lead), v_after, v_before, v_before_id, max_rows
  into v_found;
  return coalesce(v_found, '{}');
end;
$$;

comment on function app.find_customers is 'The next places of a search of customers, in order.';

-- sql/customers/flush_customer_search.sql
-- Moves what waits in the pending lists of a vendor's customer search indexes into the indexes themselves.
create or replace function app.flush_customer_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform gin_clean_pending_list(i.indexrelid)
  from pg_partition_tree(
    format('partitions.customers_%s', replace(flush_customer_search.vendor_id::text, '-', ''))::regclass
  ) as t
  inner join pg_catalog.pg_index as i on i.indrelid = t.relid
  inner join pg_catalog.pg_class as c on c.oid = i.indexrelid
  inner join pg_catalog.pg_am as a on a.oid = c.relam
  where t.isleaf and a.amname = 'gin';
end;
$$;

comment on function app.flush_customer_search is 'Flushes the pending lists of a vendor''s customer search indexes.';

-- sql/customers/fresh_health_profile.sql
-- A customer's profile as it holds today: after a birthday, or when a rule it was derived from changed, the derived
-- columns are computed anew and kept. Null without a profile. Internal: its callers check role, consent and audit.
create or replace function app.fresh_health_profile(vendor_id uuid, customer_id uuid)
returns public.customer_health_profiles
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_profile public.customer_health_profiles;
  v_dob date;
begin
  select h.* into v_profile
  from public.customer_health_profiles as h
  where h.vendor_id = fresh_health_profile.vendor_id and h.customer_id = fresh_health_profile.customer_id;
  if not found then
    return null;
  end if;
  select c.dob into v_dob
  from public.customers as c
  where c.vendor_id = fresh_health_profile.vendor_id and c.id = fresh_health_profile.customer_id;
  if v_profile.age is not distinct from coalesce(app.age_on(v_dob), v_profile.age)
    and v_profile.rules_version = app.diet_rules_version(v_profile.vendor_id, v_profile.conditions)
  then
    return v_profile;
  end if;
  v_profile.age := coalesce(app.age_on(v_dob), v_profile.age);
  v_profile := app.derive_health_profile(v_profile);
  update public.customer_health_profiles as h
  set age = v_profile.age,
      bmi = v_profile.bmi,
      bmr = v_profile.bmr,
      tdee_cached = v_profile.tdee_cached,
      derived_limits = v_profile.derived_limits,
      rules_version = v_profile.rules_version,
      updated_at = now()
  where h.vendor_id = v_profile.vendor_id and h.customer_id = v_profile.customer_id
  returning h.* into v_profile;
  return v_profile;
end;
$$;

comment on function app.fresh_health_profile is
  'A customer''s profile with derived columns that hold today; null without one.';

-- sql/customers/get_customer.sql
-- One customer of the caller's vendor; another vendor's is as good as missing. An invoker: row level security counts.
create or replace function public.get_customer(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_customer public.customers;
begin
  select c.* into v_customer
  from public.customers as c
  where c.vendor_id = v_vendor_id and c.id = get_customer.id and c.soft_deleted_at is null;
  if not found then
    perform app.raise_customer_not_found();
  end if;
  return app.customer_json(v_customer);
end;
$$;

comment on function public.get_customer is 'A customer by id; problem 404 when there is none.';
grant execute on function public.get_customer to authenticated;

-- sql/customers/get_customer_health.sql
-- What GET /v1/customers/:id/health and rpc('get_customer_health') call.
create or replace function public.get_customer_health(customer_id uuid, purpose text default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_health(get_customer_health.customer_id, get_customer_health.purpose);
end;
$$;

comment on function public.get_customer_health is
  'A customer''s health profile, for operators and admins; needs the customer''s consent (409 consent-required). '
  'Every read is audited, with the purpose if given.';
grant execute on function public.get_customer_health to authenticated;

-- sql/customers/get_customer_list.sql
-- What GET /v1/customers/:id/lists/:list and rpc('get_customer_list') call.
create or replace function public.get_customer_list(
  customer_id uuid, list text, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_list(
    get_customer_list.customer_id, get_customer_list.list, null, get_customer_list.cursor, get_customer_list.page_limit
  );
end;
$$;

comment on function public.get_customer_list is
  'Products on a customer''s list (allow or deny), newest first, as {"data", "next_cursor"}.';
grant execute on function public.get_customer_list to authenticated;

-- sql/customers/get_customer_list_entry.sql
-- What GET /v1/customers/:id/lists/:list/:product_id and rpc('get_customer_list_entry') call.
create or replace function public.get_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_list(
    get_customer_list_entry.customer_id, get_customer_list_entry.list, get_customer_list_entry.product_id, null, 1
  );
end;
$$;

comment on function public.get_customer_list_entry is
  'One product on a customer''s list; problem 404 when it is not on it.';
grant execute on function public.get_customer_list_entry to authenticated;

-- sql/customers/has_consent.sql
-- Whether a customer's latest word on a matter is yes.
create or replace function app.has_consent(vendor_id uuid, customer_id uuid, consent_type text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select c.granted
      from public.customer_consents as c
      where c.vendor_id = has_consent.vendor_id and c.customer_id = has_consent.customer_id
        and c.consent_type = has_consent.consent_type
      order by c.id desc
      limit 1
    ),
    false
  );
end;
$$;

comment on function app.has_consent is 'True when the latest consent of the type is granted.';

-- sql/customers/health_input_errors.sql
-- What is wrong with the single values of a profile: unknown and read-only fields, what is missing, what no body can
-- be.
-- Each refusal names the accepted range, none repeats the value: messages pass through the logs of the database.
create or replace function app.health_input_errors(
  profile jsonb,
  height_cm numeric,
  weight_kg numeric,
  age numeric,
  gender text,
  activity_level text
)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  derived constant text[] := array[
    'customer_id', 'bmi', 'bmr', 'tdee_cached', 'derived_limits', 'warnings', 'created_at', 'updated_at', 'updated_by'
  ];
  inputs constant text[] := array[
    'height_cm', 'height', 'weight_kg', 'weight', 'age', 'gender', 'activity_level', 'conditions', 'diet_goals',
    'macro_targets', 'avoid_allergens'
  ];
begin
  return (
    select coalesce(jsonb_agg(app.field_error(e.pointer, e.code, e.detail) order by e.pointer), '[]')
    from (
      select
        '/' || app.pointer_token(k.key) as pointer,
        case when k.key = any (derived) then 'read_only' else 'unknown_field' end as code,
        case when k.key = any (derived) then 'is computed here; leave it out'
          else 'is not known here; docs/health.md lists the fields' end as detail
      from jsonb_object_keys(profile) as k (key)
      where k.key <> all (inputs)
      union all
      select '/' || d.pair[2], 'duplicate', format('is the same as %s; send one of them', d.pair[1])
      from (values (array['height_cm', 'height']), (array['weight_kg', 'weight'])) as d (pair)
      where profile ?& d.pair
      union all
      select '/height_cm', case when profile ?| array['height_cm', 'height'] then 'invalid_value' else 'required' end,
        'must be a height: centimetres, "5''11\"", "71 in" or {"value": 180, "unit": "cm"}; accepted: 50 to 272 cm'
      where height_cm is null
      union all
      select '/height_cm', 'out_of_range', 'is not plausible; accepted: 50 to 272 cm'
      where height_cm not between 50 and 272
      union all
      select '/weight_kg', case when profile ?| array['weight_kg', 'weight'] then 'invalid_value' else 'required' end,
        'must be a weight: kilograms, "180 lb", "11 st 4 lb" or {"value": 81.6, "unit": "kg"}; accepted: 2 to 650 kg'
      where weight_kg is null
      union all
      select '/weight_kg', 'out_of_range', 'is not plausible; accepted: 2 to 650 kg'
      where weight_kg not between 2 and 650
      union all
      select '/weight_kg', 'out_of_range', 'is not plausible for this height; accepted: a BMI of 5 to 200'
      where height_cm between 50 and 272 and weight_kg between 2 and 650
        and weight_kg * 10000 / height_cm ^ 2 not between 5 and 200
      union all
      select '/age', case when profile ? 'age' then 'invalid_value' else 'required' end,
        'must be a whole number of years, as long as the customer has no dob; accepted: 0 to 130'
      where age is null or age <> trunc(age)
      union all
      select '/age', 'out_of_range', 'is not plausible; accepted: 0 to 130 years'
      where age not between 0 and 130
      union all
      select '/age', 'out_of_range',
        'is not plausible for this height and weight: Mifflin-St Jeor gives no positive BMR'
      where height_cm between 50 and 272 and weight_kg between 2 and 650 and age between 0 and 130
        and 10 * weight_kg + 6.25 * height_cm - 5 * age - 161 <= 0
      union all
      select '/gender', 'unknown_gender', 'must be male, female, other or unspecified'
      where gender is null
      union all
      select '/activity_level', case when profile ? 'activity_level' then 'unknown_activity' else 'required' end,
        'must be sedentary, light, moderate, very or extra'
      where activity_level is null
    ) as e
  );
end;
$$;

comment on function app.health_input_errors is 'Field errors of the single values of a health profile.';

-- sql/customers/health_inputs.sql
-- The inputs of a stored profile as put_customer_health takes them; {} without one. What a file does not speak of is
-- completed from here.
create or replace function app.health_inputs(profile public.customer_health_profiles)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  if profile.customer_id is null then
    return '{}';
  end if;
  return jsonb_build_object(
    'height_cm', profile.exact_height_cm,
    'weight_kg', profile.exact_weight_kg,
    'age', profile.age,
    'gender', profile.gender,
    'activity_level', profile.activity_level,
    'conditions', profile.conditions,
    'diet_goals', profile.diet_goals,
    'macro_targets', profile.macro_targets,
    'avoid_allergens', profile.avoid_allergens
  );
end;
$$;

comment on function app.health_inputs is 'Inputs of a health profile as an object.';

-- sql/customers/health_json.sql
-- The one shape of a health profile in answers.
create or replace function app.health_json(profile public.customer_health_profiles, given_age numeric default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'customer_id', profile.customer_id,
    'height_cm', profile.height_cm,
    'weight_kg', profile.weight_kg,
    'age', profile.age,
    'gender', profile.gender,
    'activity_level', profile.activity_level,
    'conditions', profile.conditions,
    'diet_goals', profile.diet_goals,
    'macro_targets', profile.macro_targets,
    'avoid_allergens', profile.avoid_allergens,
    'bmi', profile.bmi,
    'bmr', profile.bmr,
    'tdee_cached', profile.tdee_cached,
    'derived_limits', profile.derived_limits,
    'warnings', app.health_warnings(profile, given_age),
    'created_at', to_char(profile.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at', to_char(profile.updated_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_by', profile.updated_by
  );
end;
$$;

comment on function app.health_json is 'A health profile as answers show it.';

-- sql/customers/health_mapping_fields.sql
-- Fields of files of customers that hold health data.
create or replace function app.health_mapping_fields()
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array['height_cm', 'weight_kg', 'activity_level', 'conditions', 'diet_goals', 'avoid_allergens'];
$$;

comment on function app.health_mapping_fields is 'Fields of files of customers that hold health data.';

-- sql/customers/health_numbers.sql
-- What the requirements derive from measures, exact; the columns round it once. BMR by Mifflin-St Jeor (1990): the
-- equations for women and men differ in one constant, and for `other` and `unspecified` their mean is taken.
create or replace function app.health_numbers(
  height_cm numeric,
  weight_kg numeric,
  age int,
  gender text,
  activity_level text,
  out bmi numeric,
  out bmr numeric,
  out tdee numeric
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  bmi := weight_kg * 10000 / (height_cm * height_cm);
  bmr := 10 * weight_kg + 6.25 * height_cm - 5 * age
    + case gender when 'male' then 5 when 'female' then -161 else -78 end;
  tdee := bmr * case activity_level
    when 'sedentary' then 1.2
    when 'light' then 1.375
    when 'moderate' then 1.55
    when 'very' then 1.725
    when 'extra' then 1.9
  end;
end;
$$;

comment on function app.health_numbers is 'BMI, BMR (Mifflin-St Jeor) and TDEE, not rounded.';

-- sql/customers/health_warnings.sql
-- What a person should know about a profile's derived numbers: where an equation is used outside what it was made for,
-- where something given was not used, and where conditions contradict each other or have no rule.
create or replace function app.health_warnings(profile public.customer_health_profiles, given_age numeric default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object('code', w.code, 'detail', w.detail) order by w.place, w.detail), '[]')
    from (
      select 1 as place, 'age_ignored' as code,
        format(
          'The customer''s date of birth gives %s years; the age sent, %s, was not used.', profile.age, given_age
        ) as detail
      where given_age <> profile.age
      union all
      select 2, 'age_outside_equation',
        'Mifflin-St Jeor was made from adults of 19 to 78; for this age BMR and TDEE are rough.'
      where profile.age not between 19 and 78
      union all
      select 3, 'mean_of_equations', 'Without male or female, BMR is the mean of both equations.'
      where profile.gender not in ('male', 'female')
      union all
      select 4, 'bmi_unusual', 'A BMI below 12 or above 60 is rare; check height and weight.'
      where profile.bmi not between 12 and 60
      union all
      select 5, 'no_rule_for_condition', format('No diet rule is in force for %s; it sets no limits.', c.condition)
      from unnest(profile.conditions) as c (condition)
      where not exists (
        select from app.effective_diet_rules(profile.vendor_id, profile.conditions) as r
        where r.condition_code = c.condition
      )
      union all
      select 6, 'conflicting_limits', c.conflict ->> 'detail'
      from jsonb_array_elements(profile.derived_limits -> 'conflicts') as c (conflict)
    ) as w
  );
end;
$$;

comment on function app.health_warnings is 'Warnings about a profile as [{"code", "detail"}].';

-- sql/customers/join_name.sql
-- A name whose parts stand in two columns of a file, one of them called just "name". Where that one holds the whole
-- name already, it is the name.
create or replace function app.join_name(first_name text, name text, last_name text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_part constant text := coalesce(first_name, last_name);
begin
  return case
    when position(' ' || app.fold_text(v_part) || ' ' in ' ' || app.fold_text(name) || ' ') > 0 then name
    else nullif(concat_ws(' ', first_name, name, last_name), '')
  end;
end;
$$;

comment on function app.join_name is 'The whole name of a person out of two columns.';

grant execute on function app.join_name to authenticated, service_role;

-- sql/customers/keep_customer_search_vector.sql
-- The guarantee that search_tsv follows the values, whoever writes. The merge brings its own vector and is let pass.
create or replace function app.keep_customer_search_vector()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  new.search_tsv := app.customer_search_vector(new.full_name, new.email, new.custom_tags);
  return new;
end;
$$;

comment on function app.keep_customer_search_vector is
  'Trigger: computes search_tsv for a row that comes without a new one.';

create or replace trigger fill_search_vector_trigger
before insert on public.customers
for each row
when (new.search_tsv is null)
execute function app.keep_customer_search_vector();

create or replace trigger keep_search_vector_trigger
before update on public.customers
for each row
when (
  new.search_tsv is not distinct from old.search_tsv
  and (new.full_name, new.email, new.custom_tags) is distinct from (old.full_name, old.email, old.custom_tags)
)
execute function app.keep_customer_search_vector();

-- sql/customers/keep_vendor_customer_search.sql
-- Every vendor that comes gets its functions for searching customers with its row.
create or replace function app.keep_vendor_customer_search()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.create_vendor_customer_search(new.id);
  return null;
end;
$$;

comment on function app.keep_vendor_customer_search is
  'Trigger: makes the functions of a new vendor that search its customers.';

create or replace trigger keep_vendor_customer_search_trigger
after insert on public.vendors
for each row
execute function app.keep_vendor_customer_search();

-- sql/customers/list_customer_consents.sql
-- What GET /v1/customers/:id/consents and rpc('list_customer_consents') call.
create or replace function public.list_customer_consents(
  customer_id uuid, consent_type text default null, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.list_customer_consents(
    list_customer_consents.customer_id, list_customer_consents.consent_type, list_customer_consents.cursor,
    list_customer_consents.page_limit
  );
end;
$$;

comment on function public.list_customer_consents is
  'A customer''s history of consents, latest first, as {"data", "next_cursor"}.';
grant execute on function public.list_customer_consents to authenticated;

-- sql/customers/list_entry_json.sql
-- The one shape of an entry of a customer's list in answers; entry is a row of either table as json.
create or replace function app.list_entry_json(list text, entry jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return entry - array['vendor_id', 'created_at', 'updated_at'] || jsonb_build_object(
    'list', list,
    'created_at',
    to_char((entry ->> 'created_at')::timestamptz at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'updated_at',
    to_char((entry ->> 'updated_at')::timestamptz at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  );
end;
$$;

comment on function app.list_entry_json is 'An entry of a customer''s list as answers show it.';

-- sql/customers/location_is_sound.sql
-- Up to 20 entries of texts, numbers and booleans; no nesting, at most 4 KiB.
create or replace function app.location_is_sound(location jsonb)
returns boolean
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  -- A short flat one, as nearly all are: too short for 21 entries, and no bracket behind the first.
  if length(location::text) < 168 and substr(location::text, 2) !~ '[[{]' then
    return true;
  end if;
  return location is null or (
    jsonb_typeof(location) = 'object'
    and app.json_fits(location, 4096)
    and (select count(*) <= 20 from jsonb_object_keys(location) as k (key))
    and not location @? '$.* ? (@.type() == "object" || @.type() == "array")'
  );
end;
$$;

comment on function app.location_is_sound is 'Whether a location is flat and small.';

-- sql/customers/merge_staged_customers.sql
-- The one way into the customers: a batch of public.stg_customers. Read it as a list of steps, each a function of this
-- folder; the same plan of work, answer and work tables as app.merge_staged_products.
--   mode    'api' refuses a row for any fault; 'file' leaves out what can be left out
--   fields  the fields a file speaks about (its mapped columns): an empty cell of one clears the stored value
-- Answers {"received", "inserted", "updated", "unchanged", "failed", "errors", "catalog_version"}; errors of a job go
-- to ingestion_job_errors instead. Called by the worker as owner and by app.upsert_customers; never granted.
create or replace function app.merge_staged_customers(batch_id uuid, mode text, fields text[] default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_job_id uuid;
  v_received int;
begin
  select min(s.vendor_id::text)::uuid, min(s.job_id::text)::uuid, count(*)
  into v_vendor_id, v_job_id, v_received
  from public.stg_customers as s
  where s.batch_id = merge_staged_customers.batch_id;

  perform app.open_customer_merge();
  if v_received > 0 then
    perform app.check_staged_customers(
      v_vendor_id, merge_staged_customers.batch_id, merge_staged_customers.mode, merge_staged_customers.fields
    );
    if v_job_id is not null then
      -- Jobs of one vendor write one after the other, as for products.
      perform pg_advisory_xact_lock(hashtextextended('merge customers ' || v_vendor_id, 0));
    end if;
    perform app.apply_checked_customers(v_vendor_id);
    perform app.merge_staged_health(v_vendor_id, v_job_id, merge_staged_customers.batch_id);
  end if;
  return app.close_customer_merge(v_vendor_id, v_job_id, merge_staged_customers.batch_id, v_received);
end;
$$;

comment on function app.merge_staged_customers is
  'Validates, deduplicates and upserts a staged batch of customers; answers its counts and errors.';

-- sql/customers/merge_staged_health.sql
-- Fourth step of a merge of a file: the health columns of its sound rows, customer by customer, by the rules of
-- put_customer_health: consent, checks, audit. A row says yes or no in its column health_consent; without a word the
-- stored consent counts. What cannot be applied is reported and leaves the customer itself applied.
create or replace function app.merge_staged_health(vendor_id uuid, job_id uuid, batch_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_creator constant uuid := (
    select j.created_by from public.ingestion_jobs as j where j.id = merge_staged_health.job_id
  );
  v_claims constant jsonb := jsonb_build_object('sub', v_creator, 'app_role', 'service');
  v_request constant jsonb := jsonb_build_object('request_id', merge_staged_health.job_id);
  v_row record;
  v_consent text;
  v_read record;
  v_changed text[];
begin
  for v_row in
    select r.row_no, r.external_id, k.c, s.health, nullif(btrim(s.health_consent), '') as health_consent
    from public.stg_customers as s
    inner join pg_temp.customer_rows as r on r.row_no = s.row_no
    -- By key, row by row, as the plan does.
    cross join lateral (
      select c
      from public.customers as c
      where c.vendor_id = merge_staged_health.vendor_id and c.id = r.id
      offset 0
    ) as k
    where s.batch_id = merge_staged_health.batch_id and (s.health is not null or s.health_consent ~ '\S')
    order by r.id
  loop
    v_consent := app.op_boolean(v_row.health_consent);
    if v_consent not in ('true', 'false') then
      insert into pg_temp.merge_errors values (
        v_row.row_no, v_row.external_id, '/health_consent', 'invalid_consent',
        app.customer_fault_detail('/health_consent', 'invalid_consent'), true
      );
    elsif v_consent::boolean <> app.has_consent(merge_staged_health.vendor_id, (v_row.c).id, 'health_data') then
      insert into public.customer_consents (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
      values (
        merge_staged_health.vendor_id, (v_row.c).id, 'health_data', v_consent::boolean, 'file', v_creator,
        'ingestion job ' || merge_staged_health.job_id
      );
      perform app.insert_audit(
        v_claims, v_request, merge_staged_health.vendor_id,
        case v_consent when 'true' then 'consent.granted' else 'consent.withdrawn' end, 'customer',
        (v_row.c).id::text, null, '{"consent_type": "health_data", "version": "file"}', null
      );
    end if;
    continue when v_row.health is null;
    if not app.has_consent(merge_staged_health.vendor_id, (v_row.c).id, 'health_data') then
      insert into pg_temp.merge_errors values (
        v_row.row_no, v_row.external_id, '/health_consent', 'consent_required',
        app.customer_fault_detail('/health_consent', 'consent_required'), true
      );
      continue;
    end if;
    -- What the customer says of age and gender goes before what the profile had.
    v_read := app.read_health_profile(v_row.c, app.health_inputs((
      select h from public.customer_health_profiles as h
      where h.vendor_id = merge_staged_health.vendor_id and h.customer_id = (v_row.c).id
    )) - array_remove(array[
      case when coalesce((v_row.c).age, app.age_on((v_row.c).dob)) is not null then 'age' end,
      case when (v_row.c).gender <> 'unspecified' then 'gender' end
    ], null) || v_row.health);
    if v_read.errors <> '[]' then
      insert into pg_temp.merge_errors
      select v_row.row_no, v_row.external_id, e.error ->> 'pointer', e.error ->> 'code',
        format(
          '%s %s. The row was applied without its health columns.', substr(e.error ->> 'pointer', 2),
          e.error ->> 'detail'
        ),
        true
      from jsonb_array_elements(v_read.errors) as e (error);
      continue;
    end if;
    v_changed := app.save_health_profile(v_read.profile);
    if v_changed <> '{}' then
      perform app.insert_audit(
        v_claims, v_request, merge_staged_health.vendor_id, 'health.written', 'customer', (v_row.c).id::text, null,
        jsonb_build_object('changed', v_changed), 'ingestion job ' || merge_staged_health.job_id
      );
    end if;
  end loop;
end;
$$;

comment on function app.merge_staged_health is 'Applies the health columns of a staged batch of customers.';

-- sql/customers/normalize_email.sql
-- An email address in the one spelling it is stored and compared in: trimmed, lower case. Null when it is none.
-- Stricter than RFC 5321 where nobody writes it (quoted local parts, address literals), and no further: only a message
-- proves one.
create or replace function app.normalize_email(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_email constant text := lower(btrim(value, E' \t\r\n\u00a0'));
begin
  -- Plain repetitions only: counted ones ({1,64}) make the expression ten times as slow.
  if length(v_email) <= 254
    and v_email ~ '^[^[:space:][:cntrl:]@"(),:;<>\[\]\\]+@[[:alnum:].-]+[.][[:alnum:]-]*[[:alnum:]]$'
    and v_email !~ '^[.]|[.][.]|[.]@|@[.-]|[.]-|-[.]'
    and strpos(v_email, '@') <= 65
  then
    return v_email;
  end if;
  return null;
end;
$$;

comment on function app.normalize_email is 'An email address trimmed and in lower case; null when it is none.';

-- sql/customers/normalize_phone.sql
-- A phone number in E.164. With + or 00 in front it is taken as international; ten digits, or eleven beginning with 1,
-- as a number of the North American plan (the platform's region). Null when it is neither. A (0) after the country code
-- is for callers at home and no part of the number.
create or replace function app.normalize_phone(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text constant text := regexp_replace(btrim(value, E' \t\r\n\u00a0'), '^((\+|00)[0-9 ]{1,6})\(0\)', '\1');
  v_digits constant text := regexp_replace(v_text, '\D', '', 'g');
begin
  if v_text !~ '^(\+|00)?[-0-9 ().\/\u00a0\u2010\u2011\u2013]+$' then
    return null;
  elsif v_text like '+%' and v_digits ~ '^[1-9]\d{6,14}$'
    and (v_digits !~ '^1' or v_digits ~ '^1[2-9]\d{2}[2-9]\d{6}$')
  then
    return '+' || v_digits;
  elsif v_text like '00%' and v_digits ~ '^00[1-9]\d{6,14}$' then
    return '+' || substr(v_digits, 3);
  elsif v_text !~ '^[+]' and v_digits ~ '^1?[2-9]\d{2}[2-9]\d{6}$' then
    return '+1' || right(v_digits, 10);
  end if;
  return null;
end;
$$;

comment on function app.normalize_phone is 'A phone number in E.164; null when it is none.';

-- sql/customers/open_customer_merge.sql
-- The work tables of one merge of customers: customer_rows, the rows with checked, final values, beside merge_plan and
-- merge_errors, which every merge has (app.open_merge).
create or replace function app.open_customer_merge()
returns void
language plpgsql
volatile
set search_path = ''
set client_min_messages = 'warning'
as $$
begin
  perform app.open_merge();
  if to_regclass('pg_temp.customer_rows') is not null then
    truncate pg_temp.customer_rows;
    return;
  end if;
  create temporary table customer_rows (
    row_no bigint not null, id uuid, external_id text, given text[], full_name text, email text, phone text, dob date,
    age int, gender text, location jsonb, custom_tags text[], content_hash uuid
  )
  on commit delete rows;
end;
$$;

comment on function app.open_customer_merge is
  'Makes or empties the temporary work tables of app.merge_staged_customers.';

-- sql/customers/patch_customer.sql
-- What PATCH /v1/customers/:id and rpc('patch_customer') call.
create or replace function public.patch_customer(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.change_customer(patch_customer.id, patch_customer.patch, false);
end;
$$;

comment on function public.patch_customer is
  'Changes the fields named in the patch, null clears one, and returns the customer. Problem 404 when there is none, '
  '400 for invalid fields.';
grant execute on function public.patch_customer to authenticated;

-- sql/customers/plan_staged_customers.sql
-- Second step of a merge: which rows will be written. The last row of a key wins; a row whose hash equals the stored
-- one changes nothing and is left out; a deleted customer counts as new. Runs again after a race.
create or replace function app.plan_staged_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
begin
  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, '/external_id', 'superseded', app.customer_fault_detail('/external_id', 'superseded')
  from (
    select s.row_no, s.external_id, row_number() over (partition by s.id order by s.row_no desc) as place
    from pg_temp.customer_rows as s
  ) as r
  where r.place > 1;

  delete from pg_temp.customer_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'superseded';

  truncate pg_temp.merge_plan;
  insert into pg_temp.merge_plan (row_no, id, is_found, is_new)
  select r.row_no, r.id, c.id is not null, c.id is null or c.soft_deleted_at is not null
  from pg_temp.customer_rows as r
  -- "offset 0": found by key, row by row. As a join it reads all customers for every batch.
  left join lateral (
    select c.id, c.soft_deleted_at, c.content_hash
    from public.customers as c
    where c.vendor_id = plan_staged_customers.vendor_id and c.id = r.id
    offset 0
  ) as c on true
  where c.content_hash is distinct from r.content_hash or c.soft_deleted_at is not null;

  insert into pg_temp.merge_errors (row_no, external_id, pointer, code, detail)
  select r.row_no, r.external_id, f.pointer, 'required', app.customer_fault_detail(f.pointer, 'required')
  from pg_temp.merge_plan as m
  inner join pg_temp.customer_rows as r on r.row_no = m.row_no
  cross join lateral (values ('/full_name', r.full_name), ('/email', r.email)) as f (pointer, value)
  where m.is_new and f.value is null;

  delete from pg_temp.merge_plan as m
  using pg_temp.merge_errors as e
  where e.row_no = m.row_no and e.code = 'required';

  delete from pg_temp.customer_rows as r
  using pg_temp.merge_errors as e
  where e.row_no = r.row_no and e.code = 'required';
end;
$$;

comment on function app.plan_staged_customers is
  'Fills merge_plan with the rows of customer_rows that change something.';

-- sql/customers/put_customer.sql
-- What PUT /v1/customers/:id and rpc('put_customer') call.
create or replace function public.put_customer(id uuid, customer jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.change_customer(put_customer.id, put_customer.customer, true);
end;
$$;

comment on function public.put_customer is
  'Replaces a customer: fields left out are emptied. Returns the customer; problem 404 when there is none, 400 for '
  'invalid fields.';
grant execute on function public.put_customer to authenticated;

-- sql/customers/put_customer_health.sql
-- What PUT /v1/customers/:id/health and rpc('put_customer_health') call.
create or replace function public.put_customer_health(customer_id uuid, profile jsonb, purpose text default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_customer_health(
    put_customer_health.customer_id, put_customer_health.profile, put_customer_health.purpose
  );
end;
$$;

comment on function public.put_customer_health is
  'Replaces a customer''s health profile and returns it with bmi, bmr, tdee_cached, derived_limits and warnings. For '
  'operators and admins; needs the customer''s consent (409 consent-required). Every write is audited.';
grant execute on function public.put_customer_health to authenticated;

-- sql/customers/put_customer_list_entry.sql
-- What PUT /v1/customers/:id/lists/:list/:product_id and rpc('put_customer_list_entry') call.
create or replace function public.put_customer_list_entry(
  customer_id uuid, list text, product_id uuid, note text default null
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_customer_list_entry(
    put_customer_list_entry.customer_id, put_customer_list_entry.list, put_customer_list_entry.product_id,
    put_customer_list_entry.note
  );
end;
$$;

comment on function public.put_customer_list_entry is
  'Puts a product on a customer''s list (allow or deny) and takes it off the other. A denied product is never '
  'matched; an allowed one still obeys every hard filter.';
grant execute on function public.put_customer_list_entry to authenticated;

-- sql/customers/raise_customer_not_found.sql
-- One wording for a customer who is missing, deleted or another vendor's: existence never leaks.
create or replace function app.raise_customer_not_found()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform app.raise_problem(
    status => 404,
    type => 'not-found',
    detail => 'There is no such customer.',
    hint => 'Look them up with search_customers; ids are derived from the vendor and the external_id.'
  );
end;
$$;

comment on function app.raise_customer_not_found is 'Problem 404 for a customer.';
grant execute on function app.raise_customer_not_found to authenticated, service_role;

-- sql/customers/read_health_codes.sql
-- One list of a health profile as sorted codes; words nobody knows become field errors, because leaving out a condition
-- or an allergen unasked would be dangerous. The errors do not repeat the words: they pass through logs. Open lists
-- (diet goals) keep them as codes of their own.
create or replace function app.read_health_codes(
  vendor_id uuid,
  profile jsonb,
  field text,
  domain text,
  is_open boolean,
  out codes text[],
  out errors jsonb
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_list jsonb := coalesce(nullif(profile -> field, 'null'), '[]');
begin
  codes := '{}';
  errors := '[]';
  if jsonb_typeof(v_list) <> 'array' or v_list @? '$[*] ? (@.type() != "string")' then
    errors := jsonb_build_array(app.field_error('/' || field, 'invalid_type', 'must be a list of texts'));
    return;
  elsif jsonb_array_length(v_list) > 50 or v_list @? '$[*] ? (@ like_regex "^.{201}")' then
    errors := jsonb_build_array(app.field_error('/' || field, 'too_long', 'has at most 50 entries of 200 characters'));
    return;
  end if;
  with word as (
    select e.word, e.place, m.canonical
    from jsonb_array_elements_text(v_list) with ordinality as e (word, place)
    left join app.match_tokens(
      read_health_codes.vendor_id, read_health_codes.domain, array(select jsonb_array_elements_text(v_list))
    ) as m on m.token = e.word
    where e.word ~ '\S'
  )
  select
    coalesce(
      array_agg(distinct coalesce(w.canonical, case when is_open then app.token_code(w.word) end))
      filter (where (w.canonical is not null or is_open) and coalesce(w.canonical, '') not in ('none', 'unspecified')),
      '{}'
    ),
    coalesce(
      jsonb_agg(
        app.field_error(
          format('/%s/%s', field, w.place - 1), 'unknown_' || read_health_codes.domain, format(
            'is a word nobody knows; use a known one, or add a synonym (synonyms/values, domain %s)',
            read_health_codes.domain
          )
        )
        order by w.place
      ) filter (where w.canonical is null and not is_open),
      '[]'
    )
  into codes, errors
  from word as w;
end;
$$;

comment on function app.read_health_codes is 'A list of a profile as codes, and field errors for words nobody knows.';

-- sql/customers/read_health_profile.sql
-- A profile as a caller or a file gives it becomes a row with everything derived, or a list of field errors. dob beats
-- age; gender and age fall back on the customer's own.
create or replace function app.read_health_profile(
  customer public.customers,
  given jsonb,
  out profile public.customer_health_profiles,
  out errors jsonb
)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_age numeric;
  v_conditions record;
  v_goals record;
  v_allergens record;
  v_targets record;
begin
  if jsonb_typeof(given) is distinct from 'object' then
    errors := jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object'));
    return;
  end if;
  given := jsonb_strip_nulls(given);
  profile.vendor_id := customer.vendor_id;
  profile.customer_id := customer.id;
  profile.exact_height_cm := app.read_measure(coalesce(given -> 'height_cm', given -> 'height'), 'cm');
  profile.exact_weight_kg := app.read_measure(coalesce(given -> 'weight_kg', given -> 'weight'), 'kg');
  v_age := coalesce(
    app.age_on(customer.dob),
    case when given ? 'age'
      then case when jsonb_typeof(given -> 'age') = 'number' then (given ->> 'age')::numeric end else customer.age end
  );
  profile.gender := case when given ? 'gender'
    then app.value_code(customer.vendor_id, 'gender', given -> 'gender') else customer.gender end;
  profile.activity_level := app.value_code(customer.vendor_id, 'activity', given -> 'activity_level');
  errors := app.health_input_errors(
    given, profile.exact_height_cm, profile.exact_weight_kg, v_age, profile.gender, profile.activity_level
  );

  v_conditions := app.read_health_codes(customer.vendor_id, given, 'conditions', 'condition', false);
  v_goals := app.read_health_codes(customer.vendor_id, given, 'diet_goals', 'diet', true);
  v_allergens := app.read_health_codes(customer.vendor_id, given, 'avoid_allergens', 'allergen', false);
  v_targets := app.read_macro_targets(customer.vendor_id, given -> 'macro_targets');
  profile.conditions := v_conditions.codes;
  profile.diet_goals := v_goals.codes;
  profile.avoid_allergens := v_allergens.codes;
  profile.macro_targets := v_targets.targets;
  errors := errors || v_conditions.errors || v_goals.errors || v_allergens.errors || v_targets.errors;
  if errors = '[]' then
    profile.age := v_age;
    profile := app.derive_health_profile(profile);
  end if;
end;
$$;

comment on function app.read_health_profile is 'Inputs of a health profile as a whole row, or their field errors.';

-- sql/customers/read_location.sql
-- The cell of a file's column of places: an object in JSON as it is, any other text as the address.
create or replace function app.read_location(cell text)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when cell is null then '{}'
    when cell ~ '^\{' and pg_input_is_valid(cell, 'jsonb') then jsonb_strip_nulls(cell::jsonb)
    else jsonb_build_object('address', cell)
  end;
end;
$$;

comment on function app.read_location is 'A place out of one cell.';

grant execute on function app.read_location to authenticated, service_role;

-- sql/customers/read_macro_targets.sql
-- A customer's own numbers by nutrient, in one form: {"protein_g": {"target": 120}, "sodium_mg": {"max": 1500}}. A bare
-- number is a target. Keys may be aliases the dictionary of nutrients knows.
create or replace function app.read_macro_targets(vendor_id uuid, given jsonb, out targets jsonb, out errors jsonb)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_nutrients jsonb;
begin
  targets := '{}';
  errors := '[]';
  if coalesce(given, 'null') in ('null', '{}') then
    return;
  elsif jsonb_typeof(given) <> 'object' then
    errors := jsonb_build_array(app.field_error('/macro_targets', 'invalid_type', 'must be an object of nutrients'));
    return;
  end if;
  select coalesce(jsonb_object_agg(d.synonym, d.canonical), '{}') into v_nutrients
  from app.value_dictionary(read_macro_targets.vendor_id, 'nutrient') as d;
  with entry as (
    select g.key, app.nutrient_key(g.key, v_nutrients) as nutrient,
      case jsonb_typeof(g.value) when 'number' then jsonb_build_object('target', g.value) else g.value end as target
    from jsonb_each(given) as g
    where g.value <> 'null'
  ),
  judged as (
    select e.*, case
      when e.nutrient is null then 'unknown_nutrient'
      when jsonb_typeof(e.target) <> 'object' or e.target = '{}' or e.target - array['min', 'max', 'target'] <> '{}'
        or e.target @? '$.* ? (@.type() != "number")' then 'invalid_type'
      when e.target @? '$.* ? (@ < 0 || @ > 1000000)' then 'out_of_range'
      when (e.target ->> 'min')::numeric > (e.target ->> 'max')::numeric then 'out_of_range'
    end as fault
    from entry as e
  )
  select
    coalesce(jsonb_object_agg(j.nutrient, j.target) filter (where j.fault is null), '{}'),
    coalesce(
      jsonb_agg(
        app.field_error('/macro_targets/' || app.pointer_token(j.key), j.fault, case j.fault
          when 'unknown_nutrient' then 'is no known nutrient; docs/catalog.md lists the keys'
          when 'invalid_type' then 'must be a number, or an object of min, max and target with numbers'
          else 'must be from 0 to 1000000, and min not above max'
        end)
        order by j.key
      ) filter (where j.fault is not null),
      '[]'
    )
  into targets, errors
  from judged as j;
end;
$$;

comment on function app.read_macro_targets is 'A customer''s own daily targets and limits, checked.';

-- sql/customers/read_measure.sql
-- A body measure as a caller gives it, in cm or kg, exact: a number is in that unit already; a text says its own
-- ("5'11\"", "71 in", "11 st 4 lb"), and so does {"value": 71, "unit": "in"}. Null when it is no such measure.
create or replace function app.read_measure(given jsonb, unit text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text text;
begin
  case jsonb_typeof(given)
    when 'number' then
      return (given #>> '{}')::numeric;
    when 'string' then
      v_text := given #>> '{}';
    when 'object' then
      if given - array['value', 'unit'] <> '{}'
        or jsonb_typeof(given -> 'value') is distinct from 'number'
        or jsonb_typeof(given -> 'unit') is distinct from 'string'
      then
        return null;
      end if;
      v_text := (given ->> 'value') || ' ' || (given ->> 'unit');
    else
      return null;
  end case;
  v_text := case
    when length(v_text) > 40 then null
    when read_measure.unit = 'kg' then app.op_to_kg(v_text)
    when v_text ~ '^\s*\d+([.,]\d+)?\s*$' then app.op_to_cm(v_text)
    when v_text ~* '^\s*\d+([.,]\d+)?\s*(in|ins|inch|inches)\.?\s*$' then app.convert_amount(v_text, 'in', 'cm')
    else app.op_ftin_to_cm(v_text)
  end;
  return case when v_text ~ '^\d{1,9}(\.\d{1,20})?$' then v_text::numeric end;
end;
$$;

comment on function app.read_measure is
  'A height in cm or a weight in kg from a number, a text or {"value", "unit"}; null for anything else.';

-- sql/customers/record_customer_consent.sql
-- What POST /v1/customers/:id/consents and rpc('record_customer_consent') call.
create or replace function public.record_customer_consent(customer_id uuid, consent jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.record_customer_consent(record_customer_consent.customer_id, record_customer_consent.consent);
end;
$$;

comment on function public.record_customer_consent is
  'Adds {consent_type, granted, version, note?} to a customer''s history of consents; the latest of a type counts. '
  'granted false is a refusal or withdrawal.';
grant execute on function public.record_customer_consent to authenticated;

-- sql/customers/refresh_limits.sql
-- Brings up to so many stale health profiles up to date, vendor after vendor. A schedule calls it.
create or replace function app.refresh_limits(max_profiles int)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_count int := 0;
begin
  for v_vendor_id in select v.id from public.vendors as v where v.status = 'active' order by v.id loop
    v_count := v_count + app.refresh_stale_limits(v_vendor_id, max_profiles - v_count);
    exit when v_count >= max_profiles;
  end loop;
  return v_count;
end;
$$;
comment on function app.refresh_limits is
  'Brings a bounded number of stale profiles of all vendors up to date; returns how many.';

-- sql/customers/refresh_stale_limits.sql
-- Derives anew up to so many profiles of a vendor whose rules changed, so that not every one waits for its next read.
-- Returns how many it did; call it until it returns 0. Rows that somebody is writing are left to them.
create or replace function app.refresh_stale_limits(vendor_id uuid, max_profiles int default 500)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_customer_id uuid;
  v_count int := 0;
begin
  for v_customer_id in
    with known as materialized (
      select distinct h.conditions, h.rules_version
      from public.customer_health_profiles as h
      where h.vendor_id = refresh_stale_limits.vendor_id
    ),
    stale as materialized (
      select k.conditions, k.rules_version
      from known as k
      where k.rules_version <> app.diet_rules_version(refresh_stale_limits.vendor_id, k.conditions)
    )
    select h.customer_id
    from public.customer_health_profiles as h
    inner join stale as s on s.rules_version = h.rules_version and s.conditions = h.conditions
    where h.vendor_id = refresh_stale_limits.vendor_id
    limit refresh_stale_limits.max_profiles
    for update of h skip locked
  loop
    perform app.fresh_health_profile(refresh_stale_limits.vendor_id, v_customer_id);
    v_count := v_count + 1;
  end loop;
  return v_count;
end;
$$;

comment on function app.refresh_stale_limits is
  'Brings a bounded number of stale profiles of a vendor up to date; returns how many.';
grant execute on function app.refresh_stale_limits to service_role;

-- sql/customers/require_customer.sql
-- A present customer of a vendor, or problem 404. With for_change the row is held until the end of the transaction, so
-- that nothing is written about somebody who is being erased.
create or replace function app.require_customer(vendor_id uuid, customer_id uuid, for_change boolean default false)
returns public.customers
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_customer public.customers;
begin
  if for_change then
    select c.* into v_customer
    from public.customers as c
    where c.vendor_id = require_customer.vendor_id and c.id = require_customer.customer_id and c.soft_deleted_at is null
    for share;
  else
    select c.* into v_customer
    from public.customers as c
    where c.vendor_id = require_customer.vendor_id and c.id = require_customer.customer_id
      and c.soft_deleted_at is null;
  end if;
  if v_customer.id is null then
    perform app.raise_customer_not_found();
  end if;
  return v_customer;
end;
$$;

comment on function app.require_customer is 'A present customer of the vendor; problem 404 otherwise.';

-- sql/customers/require_health_consent.sql
-- Refuses to process health data without the customer's consent: none recorded, or the latest one withdrawn.
create or replace function app.require_health_consent(vendor_id uuid, customer_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not app.has_consent(require_health_consent.vendor_id, require_health_consent.customer_id, 'health_data') then
    perform app.raise_problem(
      status => 409,
      type => 'consent-required',
      detail => 'The customer has not agreed to the processing of health data, or has withdrawn it.',
      hint => 'Record it: POST /v1/customers/:id/consents '
        '{"consent_type": "health_data", "granted": true, "version": "..."}.'
    );
  end if;
end;
$$;

comment on function app.require_health_consent is 'Problem 409 consent-required unless health_data is granted.';

-- sql/customers/save_health_profile.sql
-- Stores a profile that app.read_health_profile made. One that says nothing new leaves the row alone. Returns the names
-- of what changed, for the audit log: names, never values.
create or replace function app.save_health_profile(profile public.customer_health_profiles)
returns text[]
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  not_compared constant text[] := array['created_at', 'updated_at', 'updated_by', 'exact_height_cm', 'exact_weight_kg'];
  v_old public.customer_health_profiles;
  v_changed text[];
begin
  select h.* into v_old
  from public.customer_health_profiles as h
  where h.vendor_id = profile.vendor_id and h.customer_id = profile.customer_id
  for update;
  profile.created_at := coalesce(v_old.created_at, now());
  profile.updated_at := now();
  profile.updated_by := app.current_user_id();
  select coalesce(array_agg(n.key order by n.key), '{}') into v_changed
  from jsonb_each(to_jsonb(profile) - not_compared) as n
  where n.value is distinct from to_jsonb(v_old) -> n.key;
  if v_old.customer_id is null then
    insert into public.customer_health_profiles select profile.*;
  elsif v_changed <> '{}' then
    update public.customer_health_profiles as h
    set height_cm = profile.height_cm,
        weight_kg = profile.weight_kg,
        exact_height_cm = profile.exact_height_cm,
        exact_weight_kg = profile.exact_weight_kg,
        age = profile.age,
        gender = profile.gender,
        activity_level = profile.activity_level,
        conditions = profile.conditions,
        diet_goals = profile.diet_goals,
        macro_targets = profile.macro_targets,
        avoid_allergens = profile.avoid_allergens,
        bmi = profile.bmi,
        bmr = profile.bmr,
        tdee_cached = profile.tdee_cached,
        derived_limits = profile.derived_limits,
        rules_version = profile.rules_version,
        updated_at = profile.updated_at,
        updated_by = profile.updated_by
    where h.vendor_id = profile.vendor_id and h.customer_id = profile.customer_id;
  end if;
  return v_changed;
end;
$$;

comment on function app.save_health_profile is 'Stores a derived profile; names what changed.';

-- sql/customers/search_customers.sql
-- What GET /v1/customers and rpc('search_customers') call.
create or replace function public.search_customers(
  q text default null,
  email text default null,
  tags_any text[] default null,
  updated_after timestamptz default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.search_customers(
    search_customers.q, search_customers.email, search_customers.tags_any, search_customers.updated_after,
    search_customers.cursor, search_customers.page_limit
  );
end;
$$;

comment on function public.search_customers is
  'Customers of the caller''s vendor, newest change first, as {"data", "next_cursor"}. q: the beginnings of words of '
  'name and email; email: the whole address; tags_any: one of these tags.';
grant execute on function public.search_customers to authenticated;

-- sql/customers/stage_customer_items.sql
-- Items of a call into staging, with the list of fields each of them carries. Only items of sound shape.
create or replace function app.stage_customer_items(vendor_id uuid, batch_id uuid, items jsonb, without bigint[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.stg_customers (
    batch_id, row_no, vendor_id, present, external_id, full_name, email, phone, dob, age, gender, location, custom_tags
  )
  select
    stage_customer_items.batch_id,
    e.row_no,
    stage_customer_items.vendor_id,
    array(select jsonb_object_keys(e.item) order by 1),
    e.item ->> 'external_id', e.item ->> 'full_name', e.item ->> 'email', e.item ->> 'phone', e.item ->> 'dob',
    e.item ->> 'age', e.item ->> 'gender',
    case jsonb_typeof(e.item -> 'location')
      when 'string' then jsonb_build_object('address', e.item -> 'location')
      when 'object' then e.item -> 'location'
    end,
    app.json_texts(e.item -> 'custom_tags')
  from (
    select i.place - 1 as row_no, i.item
    from jsonb_array_elements(stage_customer_items.items) with ordinality as i (item, place)
  ) as e
  where e.row_no <> all (stage_customer_items.without);
end;
$$;

comment on function app.stage_customer_items is 'Stages customer items of a call.';

-- sql/customers/stage_customers_statement.sql
-- Compiles a mapping into the statement that stages rows as customers; arguments and parameters are those of
-- app.stage_products_statement.
create or replace function app.stage_customers_statement(vendor_id uuid, job_id uuid, mapping jsonb, source text)
returns text
language sql
stable
set search_path = ''
as $$
  select format(
    'insert into public.stg_customers (batch_id, row_no, vendor_id, job_id, %s) '
    'select $1, r.row_no, %L, %s, %s from %s as r where r.row_no between $2 and $3',
    string_agg(quote_ident(c.name), ', ' order by c.name),
    stage_customers_statement.vendor_id,
    quote_nullable(stage_customers_statement.job_id) || '::uuid',
    string_agg(c.expression, ', ' order by c.name),
    stage_customers_statement.source
  )
  from app.customer_columns(stage_customers_statement.mapping) as c;
$$;

comment on function app.stage_customers_statement is
  'The INSERT ... SELECT that stages rows as customers by a mapping.';

-- sql/customers/stg_customers.sql
-- Customers on their way in: one row per item of a call or line of a file, everything as given, checked by
-- app.merge_staged_customers, which also removes the batch. Unlogged: after a crash it is empty, and its writer starts
-- over.
create unlogged table public.stg_customers (
  batch_id uuid not null,
  row_no bigint not null,
  vendor_id uuid not null,
  job_id uuid,
  present text[],
  external_id text,
  full_name text,
  email text,
  phone text,
  dob text,
  age text,
  gender text,
  location jsonb,
  custom_tags text[],
  health_consent text,
  health jsonb,
  primary key (batch_id, row_no)
);

comment on table public.stg_customers is
  'Staging of customers; emptied by the merge of each batch. No client can read it.';
comment on column public.stg_customers.batch_id is 'One merge handles one batch of one vendor.';
comment on column public.stg_customers.row_no is
  'Position in the call (from 0) or line of the file; the last row of a key wins.';
comment on column public.stg_customers.vendor_id is 'The vendor; the same in every row of a batch.';
comment on column public.stg_customers.job_id is 'The ingestion job; null for a call.';
comment on column public.stg_customers.present is
  'Fields this row speaks about. Null: see the fields argument of app.merge_staged_customers.';
comment on column public.stg_customers.health_consent is 'Files only: whether the customer agreed to health data.';
comment on column public.stg_customers.health is
  'Files only: inputs of the health profile, as put_customer_health takes them.';

alter table public.stg_customers enable row level security;
alter table public.stg_customers force row level security;

-- sql/customers/upsert_customers.sql
-- What POST /v1/customers and rpc('upsert_customers') call.
create or replace function public.upsert_customers(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.upsert_customers(upsert_customers.items, upsert_customers.atomic);
end;
$$;

comment on function public.upsert_customers is
  'Inserts or updates up to 10,000 customers by external_id. Absent fields keep their values, null clears them. Good '
  'items are applied and bad ones reported; atomic applies all or none.';
grant execute on function public.upsert_customers to authenticated;

-- sql/customers/value_code.sql
-- One word of a JSON text as its code in a dictionary; null for null, blank and words nobody knows.
create or replace function app.value_code(vendor_id uuid, domain text, given jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  if jsonb_typeof(given) is distinct from 'string' or given #>> '{}' !~ '\S' then
    return null;
  end if;
  return (
    select m.canonical from app.match_tokens(value_code.vendor_id, value_code.domain, array[given #>> '{}']) as m
  );
end;
$$;

comment on function app.value_code is 'The code of a word in a dictionary of values.';

-- sql/customers/write_planned_customers.sql
-- Third step of a merge: the rows of merge_plan into customers, in the order of their ids, so that two merges of the
-- same keys follow each other. Fields a row does not speak of keep their stored values; dob beats age. A row that turns
-- out to say nothing new is left as it is.
create or replace function app.write_planned_customers(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  v_now constant timestamptz := clock_timestamp();
  v_user_id constant uuid := app.current_user_id();
begin
  perform
  from pg_temp.merge_plan as m
  inner join public.customers as c on c.vendor_id = write_planned_customers.vendor_id and c.id = m.id
  where m.is_found
  order by c.id
  for no key update of c;

  with final as materialized (
    select
      m.id,
      r.external_id,
      r.content_hash,
      case when m.is_new or 'full_name' = any (r.given) then r.full_name else c.full_name end as full_name,
      case when m.is_new or 'email' = any (r.given) then r.email else c.email end as email,
      case when m.is_new or 'phone' = any (r.given) then r.phone else c.phone end as phone,
      case when m.is_new or 'dob' = any (r.given) then r.dob else c.dob end as dob,
      case when m.is_new or 'age' = any (r.given) then r.age else c.age end as age,
      case when m.is_new or 'gender' = any (r.given) then coalesce(r.gender, 'unspecified') else c.gender end as gender,
      case when m.is_new or 'location' = any (r.given) then r.location else c.location end as location,
      case when m.is_new or 'custom_tags' = any (r.given) then r.custom_tags else c.custom_tags end as custom_tags
    from pg_temp.merge_plan as m
    inner join pg_temp.customer_rows as r on r.row_no = m.row_no
    -- By key, row by row, as the plan does.
    left join lateral (
      select c.full_name, c.email, c.phone, c.dob, c.age, c.gender, c.location, c.custom_tags
      from public.customers as c
      where not m.is_new and c.vendor_id = write_planned_customers.vendor_id and c.id = m.id
      offset 0
    ) as c on true
  ),
  written as (
    insert into public.customers as c (
      vendor_id, id, external_id, content_hash, created_at, updated_at, full_name, email, phone, dob, age, gender,
      location, custom_tags, created_by, updated_by, search_tsv
    )
    select
      write_planned_customers.vendor_id, f.id, f.external_id, f.content_hash, v_now, v_now, f.full_name, f.email,
      f.phone, f.dob, case when f.dob is null then f.age end, f.gender, f.location, f.custom_tags, v_user_id, v_user_id,
      app.customer_search_vector(f.full_name, f.email, f.custom_tags)
    from final as f
    order by f.id
    on conflict (vendor_id, id) do update
    set
      content_hash = excluded.content_hash,
      updated_at = excluded.updated_at,
      updated_by = excluded.updated_by,
      search_tsv = excluded.search_tsv,
      full_name = excluded.full_name,
      email = excluded.email,
      phone = excluded.phone,
      dob = excluded.dob,
      age = excluded.age,
      gender = excluded.gender,
      location = excluded.location,
      custom_tags = excluded.custom_tags,
      soft_deleted_at = null
    where (c.full_name, c.email, c.phone, c.dob, c.age, c.gender, c.location, c.custom_tags) is distinct from (
        excluded.full_name, excluded.email, excluded.phone, excluded.dob, excluded.age, excluded.gender,
        excluded.location, excluded.custom_tags
      )
      or c.soft_deleted_at is not null
    returning c.id, case when c.created_at = v_now then 'inserted' else 'updated' end as outcome
  )
  update pg_temp.merge_plan as m
  set written = w.outcome
  from written as w
  where w.id = m.id;

  -- Somebody else made the customer after we had looked: what the row does not say must come from theirs.
  if exists (select from pg_temp.merge_plan as m where m.written = 'updated' and not m.is_found) then
    raise exception using errcode = 'OD001', message = 'a customer was made meanwhile';
  end if;
end;
$$;

comment on function app.write_planned_customers is
  'Inserts and updates the customers of merge_plan and marks what was written.';
