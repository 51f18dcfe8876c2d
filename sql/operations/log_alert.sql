-- One line of JSON in the database's log about an alert that fired or was resolved, for whoever collects logs.
create or replace function app.log_alert(alert public.alerts)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  raise log 'alert %', jsonb_build_object(
    'event', 'alert.' || alert.status, 'rule', alert.rule_code, 'subject', alert.subject, 'severity', alert.severity,
    'value', alert.value, 'threshold', alert.threshold, 'started_at', alert.started_at, 'alert_id', alert.id
  );
end;
$$;
comment on function app.log_alert is 'Writes a line about an alert to the database''s log.';
