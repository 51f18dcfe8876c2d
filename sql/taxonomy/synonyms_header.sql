-- What column headers mean: header -> field, with the operations that bring a cell into the field's form. A field has
-- several rows where headers imply different operations (sodium in g, sodium in mg).
create table public.synonyms_header (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  mode text not null,
  canonical text not null,
  synonyms text[] not null,
  transform_ops jsonb not null default '[]',
  confidence numeric not null default 1.0,
  folded text[] not null generated always as (app.fold_headers(synonyms)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint a_field_has_one_row_for_the_same_operations
  unique nulls not distinct (vendor_id, mode, canonical, transform_ops, confidence),
  constraint mode_is_products_or_customers check (mode in ('products', 'customers')),
  constraint transform_ops_is_a_list check (jsonb_typeof(transform_ops) = 'array'),
  constraint confidence_is_between_0_and_1 check (confidence between 0 and 1),
  constraint some_synonym_has_letters_or_digits check (cardinality(folded) > 0)
);

comment on table public.synonyms_header is
  'Column headers and the fields they mean; the platform''s and each vendor''s own.';
comment on column public.synonyms_header.id is 'Identity.';
comment on column public.synonyms_header.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.synonyms_header.mode is 'What the file holds: products or customers.';
comment on column public.synonyms_header.canonical is 'The field, e.g. name or nutrition_100g.sodium_mg.';
comment on column public.synonyms_header.synonyms is
  'Headers as people write them; case, accents and punctuation do not matter.';
comment on column public.synonyms_header.transform_ops is
  'Operations on each cell, in order (docs/transform_operations.md).';
comment on column public.synonyms_header.confidence is
  'How sure the guess is, 0 to 1; the surest column of a file wins.';
comment on column public.synonyms_header.folded is 'The synonyms as they are compared.';
comment on column public.synonyms_header.created_at is 'When it was added.';
comment on column public.synonyms_header.updated_at is 'When it last changed.';

select app.prepare_synonym_table('synonyms_header', 'header');
