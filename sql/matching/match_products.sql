-- What GET /v1/matches/:customer_id and rpc('match_products') call.
create or replace function public.match_products(customer_id uuid, k int default 20)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.match_products(match_products.customer_id, match_products.k);
end;
$$;

comment on function public.match_products is
  'The k (1 to 100) products that suit a customer best, scored and explained: {"customer_id", "catalog_version", '
  '"cached", "generated_at", "results", "excluded"}. For operators; needs the consent '
  'health_data and a health profile.';
grant execute on function public.match_products to authenticated;
