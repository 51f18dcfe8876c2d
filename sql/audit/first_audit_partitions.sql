-- The first year of the audit log, so that it can be written before any schedule runs.
do $$
begin
  perform app.create_audit_partitions();
end;
$$;
