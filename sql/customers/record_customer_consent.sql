-- What POST /v1/customers/:id/consents and rpc('record_customer_consent') call.
create or replace function public.record_customer_consent(customer_id uuid, consent jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  return app.record_customer_consent(record_customer_consent.customer_id, record_customer_consent.consent);
end;
$$;

comment on function public.record_customer_consent is
  'Adds {consent_type, granted, version, note?} to a customer''s history of consents; the latest of a type counts. '
  'granted false is a refusal or withdrawal.';
grant execute on function public.record_customer_consent to authenticated;
