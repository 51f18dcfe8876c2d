-- One audit row as text, the same for ever: what a seal's hash covers. Times are microseconds since 1970, so no time
-- zone setting matters. Never change it: every seal made before would break.
create or replace function app.audit_row_text(audit_row public.audit_log)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_build_array(
    audit_row.id,
    (extract(epoch from audit_row."timestamp") * 1000000)::bigint,
    audit_row.actor_user_id,
    audit_row.actor_client_id,
    audit_row.actor_role,
    audit_row.vendor_id,
    audit_row.action,
    audit_row.entity,
    audit_row.entity_id,
    audit_row.before,
    audit_row.after,
    host(audit_row.ip),
    audit_row.ua,
    audit_row.request_id,
    audit_row.justification,
    audit_row.xact::text
  )::text;
end;
$$;
comment on function app.audit_row_text is 'The canonical text of an audit row.';
