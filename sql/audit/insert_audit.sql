-- The one insert into the audit log: who from the claims, from where from the request. Not granted to anyone; behind
-- app.write_audit and the few writers that act before a request has entered.
create or replace function app.insert_audit(
  claims jsonb,
  request jsonb,
  vendor_id uuid,
  action text,
  entity text,
  entity_id text,
  before jsonb,
  after jsonb,
  justification text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_subject text := claims ->> 'sub';
  v_ip text := request ->> 'ip';
begin
  insert into public.audit_log (
    actor_user_id, actor_client_id, actor_role, vendor_id, action, entity, entity_id, before, after, ip, ua,
    request_id, justification
  )
  values (
    case when pg_input_is_valid(v_subject, 'uuid') then v_subject::uuid end,
    coalesce(claims ->> 'appwrite_user_id', claims ->> 'client_id'),
    coalesce(claims ->> 'app_role', case when claims = '{}' and app.is_service() then 'service' else 'unknown' end),
    insert_audit.vendor_id,
    insert_audit.action,
    insert_audit.entity,
    insert_audit.entity_id,
    insert_audit.before,
    insert_audit.after,
    case when pg_input_is_valid(v_ip, 'inet') then v_ip::inet end,
    left(request ->> 'ua', 400),
    left(request ->> 'request_id', 128),
    coalesce(insert_audit.justification, claims #>> '{break_glass,justification}')
  );
end;
$$;
comment on function app.insert_audit is 'Adds one row to the audit log. For the writers in this folder.';
