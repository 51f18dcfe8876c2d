-- One living product of the caller's vendor; another vendor's is as good as missing.
create or replace function public.get_product(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_product public.products;
begin
  select p.* into v_product
  from public.products as p
  where p.vendor_id = v_vendor_id and p.id = get_product.id and p.soft_deleted_at is null;
  if not found then
    perform app.raise_product_not_found();
  end if;
  return app.product_json(v_product);
end;
$$;

comment on function public.get_product is 'A product by its id; problem 404 when there is none.';
grant execute on function public.get_product to authenticated;
