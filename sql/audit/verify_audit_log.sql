-- The door to app.verify_audit_log, for admins, superadmins and the service key.
create or replace function public.verify_audit_log(from_seq bigint default null, to_seq bigint default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.verify_audit_log(verify_audit_log.from_seq, verify_audit_log.to_seq);
$$;
comment on function public.verify_audit_log is
  'Whether the audit log is as it was sealed: {valid, first_broken {seq, audit_id, code}, from_seq, to_seq, checked, '
  'hash, '
  'next_seq, head {seq, hash}}; at most 100,000 rows a call, next_seq says where to go on.';
grant execute on function public.verify_audit_log to authenticated, service_role;
