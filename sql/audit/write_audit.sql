-- Adds a row to the audit log, in the transaction of what it tells: neither exists without the other. Who, for which
-- vendor and from where comes from the request. Called from definer functions; no client may write rows of its own.
-- Inside a break-glass session its justification is added, elsewhere the one given, or set as app.justification.
create or replace function app.write_audit(
  action text,
  entity text,
  entity_id text default null,
  before jsonb default null,
  after jsonb default null,
  justification text default null,
  vendor_id uuid default null
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.insert_audit(
    app.current_claims(),
    app.request_context(),
    coalesce(write_audit.vendor_id, app.current_vendor_id()),
    write_audit.action,
    write_audit.entity,
    write_audit.entity_id,
    write_audit.before,
    write_audit.after,
    coalesce(write_audit.justification, nullif(current_setting('app.justification', true), ''))
  );
end;
$$;
comment on function app.write_audit is 'Adds a row to the audit log about what the present request does.';
grant execute on function app.write_audit to service_role;
