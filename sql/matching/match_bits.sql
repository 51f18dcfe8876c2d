-- Which bit of a mask stands for an allergen or a dietary tag, so that a product's and a customer's sides meet in one
-- `&`. A term keeps its bit for ever: products are stored with it. Bits are given when a term is added.
-- Allergens that come after the 62nd share bit 62, which fails closed: avoiding one of them avoids all of them. Tags
-- after the 62nd have none; rules about them look at the product itself.
create table app.match_bits (
  kind text not null,
  code text not null,
  vendor_id uuid references public.vendors (id) on delete cascade,
  -- squawk-ignore prefer-bigint-over-smallint
  bit smallint not null,
  id bigint generated always as identity primary key,
  constraint match_bits_one_per_code unique nulls not distinct (vendor_id, kind, code),
  constraint kind_is_allergen_or_tag check (kind in ('allergen', 'tag')),
  constraint bit_fits_a_mask check (bit between 0 and 62)
);

comment on table app.match_bits is 'Bits of allergens and dietary tags in app.product_match_facts; never reused.';
comment on column app.match_bits.vendor_id is 'The vendor whose own term it is; null for the platform''s.';

alter table app.match_bits enable row level security;
alter table app.match_bits force row level security;
