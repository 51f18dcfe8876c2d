-- What POST /v1/products and rpc('upsert_products') call.
create or replace function public.upsert_products(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.upsert_products(upsert_products.items, upsert_products.atomic);
end;
$$;

comment on function public.upsert_products is
  'Inserts or updates up to 10,000 products by external_id. Absent fields keep their values, null clears them. Good '
  'items are applied and bad ones reported; atomic applies all or none.';
grant execute on function public.upsert_products to authenticated;
