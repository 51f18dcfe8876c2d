-- What happened and must be told: written in the transaction of the change itself, so that neither exists without the
-- other, and never changed. Deliveries are made from it, of those events that stand in app.outbox_queue; the tables are
-- the truth, a lost wake-up loses nothing.
create table app.outbox (
  id bigint generated always as identity,
  event_id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  event_type text not null,
  super_id uuid,
  data jsonb not null default '{}',
  occurred_at timestamptz not null default now(),
  constraint outbox_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint event_type_is_noun_dot_verb check (event_type ~ '^[a-z_]+\.[a-z_]+$'),
  constraint data_is_an_object check (jsonb_typeof(data) = 'object')
);
create index outbox_vendor_id_occurred_at_idx on app.outbox (vendor_id, occurred_at);
comment on table app.outbox is 'Events that webhooks tell, for as long as they can be replayed.';
comment on column app.outbox.event_id is 'Names the event to receivers; the same on every attempt.';
comment on column app.outbox.event_type is 'For example job.completed, product.updated.';
comment on column app.outbox.super_id is 'The workflow it belongs to; null outside one.';
alter table app.outbox enable row level security;
alter table app.outbox force row level security;
