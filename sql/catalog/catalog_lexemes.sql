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
