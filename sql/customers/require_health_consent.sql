-- Refuses to process health data without the customer's consent: none recorded, or the latest one withdrawn.
create or replace function app.require_health_consent(vendor_id uuid, customer_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not app.has_consent(require_health_consent.vendor_id, require_health_consent.customer_id, 'health_data') then
    perform app.raise_problem(
      status => 409,
      type => 'consent-required',
      detail => 'The customer has not agreed to the processing of health data, or has withdrawn it.',
      hint => 'Record it: POST /v1/customers/:id/consents '
        '{"consent_type": "health_data", "granted": true, "version": "..."}.'
    );
  end if;
end;
$$;

comment on function app.require_health_consent is 'Problem 409 consent-required unless health_data is granted.';
