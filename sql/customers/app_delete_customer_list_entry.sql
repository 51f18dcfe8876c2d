-- Takes a product off a customer's list, behind public.delete_customer_list_entry.
create or replace function app.delete_customer_list_entry(customer_id uuid, list text, product_id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_table constant text := app.customer_list_table(list);
  v_count int;
begin
  perform app.require_customer(v_vendor_id, delete_customer_list_entry.customer_id);
  execute format(
    'delete from public.%I as l where l.vendor_id = $1 and l.customer_id = $2 and l.product_id = $3', v_table
  )
  using v_vendor_id, delete_customer_list_entry.customer_id, delete_customer_list_entry.product_id;
  get diagnostics v_count = row_count;
  if v_count = 0 then
    perform app.raise_problem(status => 404, type => 'not-found', detail => 'The product is not on this list.');
  end if;
end;
$$;

comment on function app.delete_customer_list_entry is
  'Takes a product off a list; see public.delete_customer_list_entry.';
grant execute on function app.delete_customer_list_entry to authenticated;
