-- The one shape of a consent in answers.
create or replace function app.consent_json(consent public.customer_consents)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object(
    'id', consent.id,
    'customer_id', consent.customer_id,
    'consent_type', consent.consent_type,
    'granted', consent.granted,
    'version', consent.version,
    'timestamp', to_char(consent."timestamp" at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'recorded_by', consent.recorded_by,
    'note', consent.note
  );
end;
$$;

comment on function app.consent_json is 'A consent as answers show it.';
