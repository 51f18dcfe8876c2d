-- Who owns which GTIN: the unique constraint on a partitioned table would have to contain the hash key, so uniqueness
-- of a barcode per vendor has a table of its own. Keyed by the 14-digit form: 0036000291452 and 036000291452 are one
-- article.
-- Written by the merge only, always in the order of gtin14, so that two writers cannot wait for each other.
create table public.product_barcodes (
  vendor_id uuid not null,
  gtin14 text not null,
  product_id uuid not null,
  primary key (vendor_id, gtin14),
  constraint gtin14_has_fourteen_digits check (gtin14 ~ '^[0-9]+$' and length(gtin14) = 14)
);

comment on table public.product_barcodes is 'Barcodes in use, one owner each per vendor, in 14-digit form.';
comment on column public.product_barcodes.vendor_id is 'The vendor whose catalogue it is.';
comment on column public.product_barcodes.gtin14 is 'The barcode padded to 14 digits.';
comment on column public.product_barcodes.product_id is 'The product that carries the barcode.';

alter table public.product_barcodes enable row level security;
alter table public.product_barcodes force row level security;

create policy "members read their vendor's barcodes" on public.product_barcodes
for select to authenticated
using (vendor_id = (select app.current_vendor_id()));

grant select on public.product_barcodes to authenticated, service_role;
