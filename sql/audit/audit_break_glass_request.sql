-- Notes a request inside a break-glass session, with the session's justification, before the request can do anything.
create or replace function app.audit_break_glass_request(claims jsonb, request jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.insert_audit(
    claims,
    request,
    (claims ->> 'vendor_id')::uuid,
    'break_glass.request',
    'break_glass_session',
    claims #>> '{break_glass,id}',
    null,
    jsonb_strip_nulls(jsonb_build_object('method', request ->> 'method', 'path', request ->> 'path')),
    null
  );
end;
$$;
comment on function app.audit_break_glass_request is 'Adds break_glass.request to the audit log.';
