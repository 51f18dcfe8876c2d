-- Allergens of the EU list of 14 and the US list of 9; wheat stands below gluten, so that avoiding gluten
-- avoids wheat.
create table public.tax_allergens (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_allergens (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_allergens_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_allergens is 'Allergens; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_allergens');
