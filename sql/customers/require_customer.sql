-- A present customer of a vendor, or problem 404. With for_change the row is held until the end of the transaction, so
-- that nothing is written about somebody who is being erased.
create or replace function app.require_customer(vendor_id uuid, customer_id uuid, for_change boolean default false)
returns public.customers
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  v_customer public.customers;
begin
  if for_change then
    select c.* into v_customer
    from public.customers as c
    where c.vendor_id = require_customer.vendor_id and c.id = require_customer.customer_id and c.soft_deleted_at is null
    for share;
  else
    select c.* into v_customer
    from public.customers as c
    where c.vendor_id = require_customer.vendor_id and c.id = require_customer.customer_id
      and c.soft_deleted_at is null;
  end if;
  if v_customer.id is null then
    perform app.raise_customer_not_found();
  end if;
  return v_customer;
end;
$$;

comment on function app.require_customer is 'A present customer of the vendor; problem 404 otherwise.';
