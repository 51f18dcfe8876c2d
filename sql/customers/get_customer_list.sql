-- What GET /v1/customers/:id/lists/:list and rpc('get_customer_list') call.
create or replace function public.get_customer_list(
  customer_id uuid, list text, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_list(
    get_customer_list.customer_id, get_customer_list.list, null, get_customer_list.cursor, get_customer_list.page_limit
  );
end;
$$;

comment on function public.get_customer_list is
  'Products on a customer''s list (allow or deny), newest first, as {"data", "next_cursor"}.';
grant execute on function public.get_customer_list to authenticated;
