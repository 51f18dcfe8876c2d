-- Whoever changes a threshold is on record.
create or replace trigger audit_change_trigger
after insert or update or delete on public.alert_rules
for each row execute function app.audit_change('alert_rule', 'code');
