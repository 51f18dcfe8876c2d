-- What POST /v1/matches/affected and rpc('affected_customers') call.
create or replace function public.affected_customers(
  product_id uuid default null, allergen text default null, cursor text default null, page_limit int default 50
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.affected_customers(
    affected_customers.product_id, affected_customers.allergen, affected_customers.cursor, affected_customers.page_limit
  );
end;
$$;

comment on function public.affected_customers is
  'Customers who had a product in a match and for whom it is unsafe now, as {"data", "next_cursor"}: those of one '
  'product (by what it contains or may contain now, or, with an allergen, by that one: a recall), or those of every '
  'product that has an allergen. For operators; audited.';
grant execute on function public.affected_customers to authenticated;
