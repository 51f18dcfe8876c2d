-- One event for one endpoint, where its delivery stands, and its last attempt: most have no other. The id is derived
-- from endpoint and event, so that an event goes to an endpoint once without an index that says so. Waiting rows are
-- claimed by workers, out of app.webhook_queue, for the length of a lease (app.webhook_leases); a worker that dies in
-- between loses the lease, and the event is sent again with the same id.
create table public.webhook_deliveries (
  id uuid not null,
  endpoint_id uuid not null,
  vendor_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  payload jsonb not null,
  status text not null default 'pending',
  attempt int not null default 0,
  attempts_total int not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  last_status_code int,
  last_response_body text,
  last_started_at timestamptz,
  last_duration_ms int,
  signature text,
  "timestamp" timestamptz,
  sequence bigint not null,
  entity text,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint webhook_deliveries_pkey primary key (id),
  constraint endpoint_of_the_vendor_exists foreign key (endpoint_id, vendor_id)
    references public.webhook_endpoints (id, vendor_id) on delete cascade,
  constraint status_is_valid check (status in ('blocked', 'pending', 'retrying', 'delivered', 'dead')),
  constraint an_ended_delivery_says_when check ((status in ('delivered', 'dead')) = (finished_at is not null)),
  constraint only_ordered_deliveries_are_blocked check (status <> 'blocked' or entity is not null),
  constraint response_body_is_kept_to_4_kib check (octet_length(last_response_body) <= 12288)
);
create index webhook_deliveries_order_idx on public.webhook_deliveries (endpoint_id, entity, sequence)
  where entity is not null and status in ('blocked', 'pending', 'retrying');
create index webhook_deliveries_list_idx on public.webhook_deliveries (
  vendor_id, endpoint_id, created_at desc, id desc
);
create index webhook_deliveries_finished_at_idx on public.webhook_deliveries (finished_at)
  where finished_at is not null;
comment on table public.webhook_deliveries is
  'Deliveries of events to webhook endpoints. Admins of the vendor read them.';
comment on column public.webhook_deliveries.id is
  'Names the delivery; UUID v5 of the endpoint and the event, which therefore goes there once.';
comment on column public.webhook_deliveries.endpoint_id is 'Where it goes.';
comment on column public.webhook_deliveries.vendor_id is 'Whose event it is.';
comment on column public.webhook_deliveries.event_id is
  'The event; sent as X-Idempotency-Key, the same on each attempt.';
comment on column public.webhook_deliveries.event_type is 'What happened.';
comment on column public.webhook_deliveries.payload is 'The body: event_id, event_type, vendor_id, occurred_at, data.';
comment on column public.webhook_deliveries.status is
  'blocked (an earlier event of the entity comes first), pending, retrying, delivered, or dead (given up).';
comment on column public.webhook_deliveries.attempt is 'Attempts made since it was last queued.';
comment on column public.webhook_deliveries.attempts_total is 'Attempts made in all.';
comment on column public.webhook_deliveries.next_attempt_at is 'When it may be sent next.';
comment on column public.webhook_deliveries.last_error is 'Why the last attempt failed; null after a success.';
comment on column public.webhook_deliveries.last_status_code is 'HTTP status of the last answer, if there was one.';
comment on column public.webhook_deliveries.last_response_body is
  'The first 4 KiB of the last answer''s body, as text.';
comment on column public.webhook_deliveries.last_started_at is
  'When the last attempt began; null while there was none since it was last queued.';
comment on column public.webhook_deliveries.last_duration_ms is 'How long the last attempt took.';
comment on column public.webhook_deliveries.signature is 'X-Signature of the last attempt.';
comment on column public.webhook_deliveries."timestamp" is 'X-Timestamp of the last attempt.';
comment on column public.webhook_deliveries.sequence is 'Place of the event among all; orders the events of an entity.';
comment on column public.webhook_deliveries.entity is
  'What the event is about, where the endpoint is ordered; else null.';
comment on column public.webhook_deliveries.created_at is 'When it was queued first.';
comment on column public.webhook_deliveries.finished_at is 'When it was delivered or given up.';

alter table public.webhook_deliveries enable row level security;
alter table public.webhook_deliveries force row level security;
create policy "admins read the deliveries of their vendor" on public.webhook_deliveries
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
grant select on public.webhook_deliveries to authenticated, service_role;
