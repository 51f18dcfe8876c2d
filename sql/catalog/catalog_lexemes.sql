-- How common the common words and facets of a vendor are: search_products chooses its plan by these, never its result.
-- Words in fewer than one of a thousand products are left out.
create table app.catalog_lexemes (
  vendor_id uuid not null references public.vendors (id) on delete cascade,
  lexeme text not null,
  anywhere bigint not null default 0,
  in_name bigint not null default 0,
  in_name_or_brand bigint not null default 0,
  primary key (vendor_id, lexeme)
);

comment on table app.catalog_lexemes is 'Estimated number of products with each common lexeme of search_tsv.';
comment on column app.catalog_lexemes.anywhere is 'Products with the lexeme anywhere.';
comment on column app.catalog_lexemes.in_name is 'Products with the lexeme in the name.';
comment on column app.catalog_lexemes.in_name_or_brand is 'Products with the lexeme in name or brand.';

alter table app.catalog_lexemes enable row level security;
alter table app.catalog_lexemes force row level security;
