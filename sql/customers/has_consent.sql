-- Whether a customer's latest word on a matter is yes.
create or replace function app.has_consent(vendor_id uuid, customer_id uuid, consent_type text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select c.granted
      from public.customer_consents as c
      where c.vendor_id = has_consent.vendor_id and c.customer_id = has_consent.customer_id
        and c.consent_type = has_consent.consent_type
      order by c.id desc
      limit 1
    ),
    false
  );
end;
$$;

comment on function app.has_consent is 'True when the latest consent of the type is granted.';
