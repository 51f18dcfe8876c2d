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
