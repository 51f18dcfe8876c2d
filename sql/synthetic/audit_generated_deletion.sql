-- Writes down that synthetic users were removed, and how many. Definer, because no client writes the audit log.
create or replace function app.audit_generated_deletion(run_id uuid, deleted int)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_platform();
  perform app.write_audit(
    'generation.deleted', 'generation_run', audit_generated_deletion.run_id::text,
    before => jsonb_build_object('users', audit_generated_deletion.deleted)
  );
end;
$$;
comment on function app.audit_generated_deletion is 'Audits the removal of synthetic users; problem 403 for others.';
grant execute on function app.audit_generated_deletion to authenticated, service_role;
