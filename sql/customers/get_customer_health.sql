-- What GET /v1/customers/:id/health and rpc('get_customer_health') call.
create or replace function public.get_customer_health(customer_id uuid, purpose text default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.get_customer_health(get_customer_health.customer_id, get_customer_health.purpose);
end;
$$;

comment on function public.get_customer_health is
  'A customer''s health profile, for operators and admins; needs the customer''s consent (409 consent-required). '
  'Every read is audited, with the purpose if given.';
grant execute on function public.get_customer_health to authenticated;
