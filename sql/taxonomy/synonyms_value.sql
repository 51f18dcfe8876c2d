-- What values mean: "Soja", "en:soybeans", "soya" -> soybeans. A vendor's own row wins over the platform's.
create table public.synonyms_value (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  domain text not null,
  canonical text not null,
  synonyms text[] not null,
  folded text[] not null generated always as (app.fold_tokens(synonyms || canonical)) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint a_code_has_one_row_in_its_scope unique nulls not distinct (vendor_id, domain, canonical),
  constraint domain_is_known check (
    domain in (
      'allergen', 'condition', 'unit', 'diet', 'gender', 'activity',
      'nutrient', 'certification', 'category', 'cuisine', 'market'
    )
  ),
  constraint canonical_is_snake_case check (canonical ~ '^[a-z0-9][a-z0-9_]{0,63}$')
);

comment on table public.synonyms_value is 'Words and the codes they mean; the platform''s and each vendor''s own.';
comment on column public.synonyms_value.id is 'Identity.';
comment on column public.synonyms_value.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.synonyms_value.domain is 'The vocabulary: allergen, diet, unit, ...';
comment on column public.synonyms_value.canonical is
  'The code it stands for; none and unspecified are understood in lists.';
comment on column public.synonyms_value.synonyms is
  'Words as people write them; case, accents, punctuation and en: do not matter.';
comment on column public.synonyms_value.folded is 'The synonyms and the code as they are compared.';
comment on column public.synonyms_value.created_at is 'When it was added.';
comment on column public.synonyms_value.updated_at is 'When it last changed.';

select app.prepare_synonym_table('synonyms_value', 'value');
