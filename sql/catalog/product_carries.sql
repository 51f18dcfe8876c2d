-- Whether a living product carries a barcode now. A row of product_barcodes whose product does not is a leftover of a
-- race and free to take.
create or replace function app.product_carries(vendor_id uuid, product_id uuid, gtin14 text)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
  return exists (
    select
    from public.products as p
    where p.vendor_id = product_carries.vendor_id
      and p.id = product_carries.product_id
      and p.soft_deleted_at is null
      and lpad(p.barcode, 14, '0') = product_carries.gtin14
  );
end;
$$;

comment on function app.product_carries is 'Whether a living product carries a barcode.';
