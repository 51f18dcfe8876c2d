-- What DELETE /v1/products/:id and rpc('delete_product') call.
create or replace function public.delete_product(id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_product(delete_product.id);
end;
$$;

comment on function public.delete_product is
  'Deletes a product softly; an upsert of its external_id brings it back. Problem 404 when there is none, also the '
  'second time.';
grant execute on function public.delete_product to authenticated;
