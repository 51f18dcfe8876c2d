-- What PUT /v1/customers/:id and rpc('put_customer') call.
create or replace function public.put_customer(id uuid, customer jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.change_customer(put_customer.id, put_customer.customer, true);
end;
$$;

comment on function public.put_customer is
  'Replaces a customer: fields left out are emptied. Returns the customer; problem 404 when there is none, 400 for '
  'invalid fields.';
grant execute on function public.put_customer to authenticated;
