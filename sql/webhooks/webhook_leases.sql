-- Deliveries that workers are sending, each until its lease ends. They lie beside the deliveries and unlogged, so that
-- a claim writes one small row and leaves the delivery and its indexes alone. A server that crashed has forgotten them:
-- what they were of is sent again, as after a crash of the worker. All that is asked stands in the index, which forgets
-- what ended sooner than the table does.
create unlogged table app.webhook_leases (
  endpoint_id uuid not null,
  delivery_id uuid not null,
  vendor_id uuid not null,
  leased_until timestamptz not null,
  constraint webhook_leases_pkey primary key (endpoint_id, delivery_id) include (vendor_id, leased_until)
)
-- Every delivery passes through: what it leaves is swept at each visit of autovacuum.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on table app.webhook_leases is 'Deliveries that are being sent by a worker right now.';
comment on column app.webhook_leases.vendor_id is
  'Whose share of the requests under way it takes, also when its endpoint has been removed meanwhile.';
comment on column app.webhook_leases.leased_until is 'When the delivery may be claimed again.';
alter table app.webhook_leases enable row level security;
alter table app.webhook_leases force row level security;
