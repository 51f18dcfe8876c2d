-- Adds to a customer's history of consents, behind public.record_customer_consent. Definer, because the history is only
-- ever added to, and only here.
create or replace function app.record_customer_consent(customer_id uuid, consent jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  v_consent public.customer_consents;
begin
  perform app.require_customer(v_vendor_id, record_customer_consent.customer_id, true);
  perform app.refuse_field_errors(app.body_errors(
    consent, '{"consent_type": "string!", "granted": "boolean!", "version": "string!", "note": "string?"}'
  ));
  if consent ->> 'consent_type' !~ '^[a-z][a-z0-9_]{0,63}$' then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      '/consent_type', 'invalid_format', 'must be lower case letters, digits and underscores, e.g. health_data'
    )));
  elsif length(consent ->> 'version') > 100 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      '/version', 'too_long', 'must have at most 100 characters'
    )));
  end if;
  insert into public.customer_consents as c (vendor_id, customer_id, consent_type, granted, version, recorded_by, note)
  values (
    v_vendor_id, record_customer_consent.customer_id, consent ->> 'consent_type', (consent ->> 'granted')::boolean,
    consent ->> 'version', app.current_user_id(), consent ->> 'note'
  )
  returning c.* into v_consent;
  perform app.write_audit(
    action => case when v_consent.granted then 'consent.granted' else 'consent.withdrawn' end,
    entity => 'customer',
    entity_id => v_consent.customer_id::text,
    after => jsonb_build_object('consent_type', v_consent.consent_type, 'version', v_consent.version)
  );
  return app.consent_json(v_consent);
end;
$$;

comment on function app.record_customer_consent is
  'Records a consent or its withdrawal; see public.record_customer_consent.';
grant execute on function app.record_customer_consent to authenticated;
