-- Events of the outbox that no deliveries were made of yet: small rows that go as soon as they are, so that the events
-- themselves need not be written twice. Without a foreign key, for which every event would pay: what is left of a
-- removed vendor goes when its turn comes.
create table app.outbox_queue (
  vendor_id uuid not null,
  outbox_id bigint not null,
  constraint outbox_queue_pkey primary key (vendor_id, outbox_id)
)
-- Every event passes through: what it leaves is swept at each visit of autovacuum.
with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
comment on table app.outbox_queue is 'Events that wait to be turned into webhook deliveries.';
alter table app.outbox_queue enable row level security;
alter table app.outbox_queue force row level security;
