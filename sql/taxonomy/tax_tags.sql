-- Dietary tags (vegan, gluten_free, ...), the vocabulary of products.dietary_tags.
create table public.tax_tags (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  code text not null,
  label text not null,
  parent_id uuid references public.tax_tags (id),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tax_tags_code_is_unique_in_its_scope unique nulls not distinct (vendor_id, code),
  constraint code_is_snake_case check (code ~ '^[a-z0-9][a-z0-9_]{0,63}$'),
  constraint label_has_text check (label ~ '[^[:space:]]' and length(label) <= 200)
);

comment on table public.tax_tags is 'Dietary tags; platform terms and each vendor''s own.';

select app.prepare_taxonomy_table('tax_tags');
