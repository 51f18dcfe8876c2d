-- What POST /v1/customers and rpc('upsert_customers') call.
create or replace function public.upsert_customers(items jsonb, atomic boolean default false)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.upsert_customers(upsert_customers.items, upsert_customers.atomic);
end;
$$;

comment on function public.upsert_customers is
  'Inserts or updates up to 10,000 customers by external_id. Absent fields keep their values, null clears them. Good '
  'items are applied and bad ones reported; atomic applies all or none.';
grant execute on function public.upsert_customers to authenticated;
