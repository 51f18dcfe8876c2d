-- The deliveries that wait to be sent, by endpoint and time: what an index on public.webhook_deliveries would hold, as
-- a table of its own. It is small, so that it can be vacuumed every few seconds (functions/worker/webhooks): claims
-- read from its start, and would walk over all that was delivered since the last vacuum. app.sync_webhook_queue keeps
-- it.
create table app.webhook_queue (
  endpoint_id uuid not null,
  next_attempt_at timestamptz not null,
  sequence bigint not null,
  delivery_id uuid not null,
  constraint webhook_queue_pkey primary key (endpoint_id, next_attempt_at, sequence, delivery_id)
)
-- Every delivery passes through: what it leaves is swept at each visit of autovacuum.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on table app.webhook_queue is 'Deliveries that are pending or retrying, in the order in which they are sent.';
alter table app.webhook_queue enable row level security;
alter table app.webhook_queue force row level security;
