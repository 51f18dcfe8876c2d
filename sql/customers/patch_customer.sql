-- What PATCH /v1/customers/:id and rpc('patch_customer') call.
create or replace function public.patch_customer(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.change_customer(patch_customer.id, patch_customer.patch, false);
end;
$$;

comment on function public.patch_customer is
  'Changes the fields named in the patch, null clears one, and returns the customer. Problem 404 when there is none, '
  '400 for invalid fields.';
grant execute on function public.patch_customer to authenticated;
