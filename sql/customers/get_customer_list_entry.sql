-- What GET /v1/customers/:id/lists/:list/:product_id and rpc('get_customer_list_entry') call.
create or replace function public.get_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_list(
    get_customer_list_entry.customer_id, get_customer_list_entry.list, get_customer_list_entry.product_id, null, 1
  );
end;
$$;

comment on function public.get_customer_list_entry is
  'One product on a customer''s list; problem 404 when it is not on it.';
grant execute on function public.get_customer_list_entry to authenticated;
