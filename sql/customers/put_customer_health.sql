-- What PUT /v1/customers/:id/health and rpc('put_customer_health') call.
create or replace function public.put_customer_health(customer_id uuid, profile jsonb, purpose text default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.put_customer_health(
    put_customer_health.customer_id, put_customer_health.profile, put_customer_health.purpose
  );
end;
$$;

comment on function public.put_customer_health is
  'Replaces a customer''s health profile and returns it with bmi, bmr, tdee_cached, derived_limits and warnings. For '
  'operators and admins; needs the customer''s consent (409 consent-required). Every write is audited.';
grant execute on function public.put_customer_health to authenticated;
