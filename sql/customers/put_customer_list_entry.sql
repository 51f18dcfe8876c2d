-- What PUT /v1/customers/:id/lists/:list/:product_id and rpc('put_customer_list_entry') call.
create or replace function public.put_customer_list_entry(
  customer_id uuid, list text, product_id uuid, note text default null
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_customer_list_entry(
    put_customer_list_entry.customer_id, put_customer_list_entry.list, put_customer_list_entry.product_id,
    put_customer_list_entry.note
  );
end;
$$;

comment on function public.put_customer_list_entry is
  'Puts a product on a customer''s list (allow or deny) and takes it off the other. A denied product is never '
  'matched; an allowed one still obeys every hard filter.';
grant execute on function public.put_customer_list_entry to authenticated;
