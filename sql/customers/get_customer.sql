-- One customer of the caller's vendor; another vendor's is as good as missing. An invoker: row level security counts.
create or replace function public.get_customer(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_viewer');
  v_customer public.customers;
begin
  select c.* into v_customer
  from public.customers as c
  where c.vendor_id = v_vendor_id and c.id = get_customer.id and c.soft_deleted_at is null;
  if not found then
    perform app.raise_customer_not_found();
  end if;
  return app.customer_json(v_customer);
end;
$$;

comment on function public.get_customer is 'A customer by id; problem 404 when there is none.';
grant execute on function public.get_customer to authenticated;
