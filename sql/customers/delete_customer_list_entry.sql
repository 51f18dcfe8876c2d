-- What DELETE /v1/customers/:id/lists/:list/:product_id and rpc('delete_customer_list_entry') call.
create or replace function public.delete_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_customer_list_entry(
    delete_customer_list_entry.customer_id, delete_customer_list_entry.list, delete_customer_list_entry.product_id
  );
end;
$$;

comment on function public.delete_customer_list_entry is
  'Takes a product off a customer''s list; problem 404 when it is not on it.';
grant execute on function public.delete_customer_list_entry to authenticated;
