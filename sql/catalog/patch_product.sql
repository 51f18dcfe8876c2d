-- What PATCH /v1/products/:id and rpc('patch_product') call.
create or replace function public.patch_product(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.patch_product(patch_product.id, patch_product.patch);
end;
$$;

comment on function public.patch_product is
  'Changes the fields given; null clears a field, external_id cannot change. Answers the product; problem 404 when '
  'there is none.';
grant execute on function public.patch_product to authenticated;
