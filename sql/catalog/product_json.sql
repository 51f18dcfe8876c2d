-- A product as answers show it, its pictures looked up. A vendor's fetch_products looks up those of many together.
create or replace function app.product_json(product public.products)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return app.product_document(
    product,
    (
      select jsonb_agg(jsonb_build_object('url', i.url, 'alt', i.alt) order by i."order", i.id)
      from public.product_images as i
      where i.vendor_id = product.vendor_id and i.product_id = product.id
    ),
    null
  );
end;
$$;

comment on function app.product_json is 'A product as answers show it.';
grant execute on function app.product_json to authenticated, service_role;
