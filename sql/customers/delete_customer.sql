-- What DELETE /v1/customers/:id and rpc('delete_customer') call.
create or replace function public.delete_customer(id uuid, mode text default 'soft', purpose text default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.delete_customer(delete_customer.id, delete_customer.mode, delete_customer.purpose);
end;
$$;

comment on function public.delete_customer is
  'Deletes a customer: soft hides them and withdraws their consents, hard also erases health profile, consents, lists '
  'and matches for good. The audit trail stays. Problem 404 when there is none.';
grant execute on function public.delete_customer to authenticated;
