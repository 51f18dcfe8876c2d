-- Notes that somebody was refused, in a transaction of its own, since the refused one leaves nothing. Called by our
-- functions as the owner. Who is no member anywhere stands in the platform's rows, not in those of the vendor they
-- named: a stranger must not be able to fill a vendor's log.
create or replace function app.audit_refusal(
  appwrite_user_id text,
  vendor_id uuid,
  reason text,
  request jsonb default null,
  claims jsonb default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.insert_audit(
    coalesce(
      audit_refusal.claims,
      jsonb_strip_nulls(jsonb_build_object(
        'appwrite_user_id', audit_refusal.appwrite_user_id,
        'sub', (select u.id from public.users as u where u.appwrite_user_id = audit_refusal.appwrite_user_id)
      ))
    ),
    audit_refusal.request,
    (audit_refusal.claims ->> 'vendor_id')::uuid,
    'access.refused',
    'vendor',
    audit_refusal.vendor_id::text,
    null,
    jsonb_strip_nulls(jsonb_build_object(
      'reason', audit_refusal.reason,
      'method', audit_refusal.request ->> 'method',
      'path', audit_refusal.request ->> 'path'
    )),
    null
  );
end;
$$;
comment on function app.audit_refusal is
  'Adds access.refused with the problem''s slug to the audit log. For the owner only.';
