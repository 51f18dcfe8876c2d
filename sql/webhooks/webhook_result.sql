-- One attempt as app.record_webhook_attempts works on it: what the worker told, and what follows from it.
create type app.webhook_result as (
  id uuid,
  endpoint_id uuid,
  vendor_id uuid,
  is_ordered boolean,
  attempt int,
  started_at timestamptz,
  duration_ms int,
  status_code int,
  error text,
  response_body text,
  signature text,
  "timestamp" timestamptz,
  retry_after int,
  delay interval
);
comment on type app.webhook_result is 'An attempt and the wait that follows it; a null error is a success.';
