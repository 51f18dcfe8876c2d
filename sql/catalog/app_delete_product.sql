-- Soft delete behind public.delete_product. Definer for the reason told at app.upsert_products. The barcode is free
-- again.
create or replace function app.delete_product(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_barcode text;
begin
  update public.products as p
  set soft_deleted_at = now(), updated_at = now()
  where p.vendor_id = v_vendor_id and p.id = delete_product.id and p.soft_deleted_at is null
  returning p.barcode into v_barcode;
  if not found then
    perform app.raise_product_not_found();
  end if;
  delete from public.product_barcodes as b
  where b.vendor_id = v_vendor_id and b.gtin14 = lpad(v_barcode, 14, '0') and b.product_id = delete_product.id;
  perform app.touch_catalog(
    v_vendor_id, 1, jsonb_build_object('deleted', 1, 'product_ids', jsonb_build_array(delete_product.id))
  );
end;
$$;

comment on function app.delete_product is 'Soft-deletes one product; see public.delete_product.';
grant execute on function app.delete_product to authenticated;
