-- Generated from sql/webhooks/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/webhooks/outbox.sql
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

-- sql/webhooks/outbox_queue.sql
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

-- sql/webhooks/event_types.sql
-- The kinds of events a webhook can ask for, and the only fields of their data that ever leave: dispatch copies these
-- and nothing else, so that no change elsewhere can put health data or names into a payload by accident.
create table app.event_types (
  code text not null,
  description text not null,
  fields text[] not null,
  subscribable boolean not null default true,
  constraint event_types_pkey primary key (code),
  constraint event_type_code_is_noun_dot_verb check (code ~ '^[a-z_]+\.[a-z_]+$')
);
comment on table app.event_types is 'Kinds of events and the fields of their data that webhooks carry.';
comment on column app.event_types.code is 'The event_type.';
comment on column app.event_types.description is 'When it happens.';
comment on column app.event_types.fields is 'Keys of data that are sent; others stay here.';
comment on column app.event_types.subscribable is 'false: sent on demand only (webhook.test).';
alter table app.event_types enable row level security;
alter table app.event_types force row level security;

insert into app.event_types (code, description, fields, subscribable)
values
  (
    'job.completed', 'An ingestion job or connector sync did its work.',
    '{job_id, super_id, mode, status, totals, error, started_at, finished_at}', true
  ),
  (
    'job.failed', 'An ingestion job or connector sync cannot go on.',
    '{job_id, super_id, mode, status, totals, error, started_at, finished_at}', true
  ),
  (
    'product.updated', 'Products were added, changed or deleted; one event for a request or a job.',
    '{count, inserted, updated, deleted, product_ids, job_id, catalog_version}', true
  ),
  (
    'customer.updated', 'Customers were added, changed, deleted or erased; ids and counts only.',
    '{count, inserted, updated, customer_ids, change, job_id}', true
  ),
  ('member.added', 'Somebody was invited or became a member.', '{member_id, user_id, role, status}', true),
  ('member.updated', 'Role or status of a member changed.', '{member_id, user_id, role, status}', true),
  ('member.removed', 'A membership ended.', '{member_id, user_id, role, status}', true),
  ('vendor.updated', 'Name, status or settings of the vendor changed.', '{code, name, status, changed}', true),
  ('webhook.disabled', 'An endpoint was switched off: it kept failing or is gone.', '{webhook_id, reason}', true),
  ('webhook.test', 'Sent to one endpoint on demand.', '{webhook_id, message}', false)
on conflict on constraint event_types_pkey do update
set description = excluded.description, fields = excluded.fields, subscribable = excluded.subscribable;

-- sql/webhooks/delete_webhook_secrets.sql
-- A removed endpoint's secrets leave Vault with it. Definer, because Vault is closed to clients.
create or replace function app.delete_webhook_secrets()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  delete from vault.secrets as s where s.id in (old.secret_ref, old.previous_secret_ref);
  return null;
end;
$$;
comment on function app.delete_webhook_secrets is 'After-row trigger: removes the secrets of a removed endpoint.';

-- sql/webhooks/webhook_endpoints.sql
-- Where a vendor wants to be told of events, and how that address has been doing. The secrets lie in Vault.
create table public.webhook_endpoints (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  url text not null,
  description text,
  events text[] not null,
  secret_ref uuid not null,
  previous_secret_ref uuid,
  previous_secret_expires_at timestamptz,
  enabled boolean not null default true,
  disabled_reason text,
  disabled_at timestamptz,
  retries_max int not null default 9,
  tolerance_sec int not null default 300,
  ordered boolean not null default false,
  failing_since timestamptz,
  resume_at timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint webhook_endpoints_pkey primary key (id),
  constraint an_endpoint_is_of_one_vendor unique (id, vendor_id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint url_is_http check (url ~ '^https?://[^\s]+$' and length(url) <= 2000),
  constraint description_is_short check (length(description) <= 500),
  constraint it_asks_for_events check (cardinality(events) between 1 and 50),
  constraint retries_max_is_sensible check (retries_max between 0 and 50),
  constraint tolerance_is_sensible check (tolerance_sec between 1 and 86400),
  constraint disabled_reason_is_known check (disabled_reason in ('asked', 'gone', 'failing')),
  constraint a_disabled_endpoint_says_why check (
    enabled = (disabled_reason is null) and enabled = (disabled_at is null)
  ),
  constraint previous_secret_has_an_end check ((previous_secret_ref is null) = (previous_secret_expires_at is null))
);
create index webhook_endpoints_vendor_id_idx on public.webhook_endpoints (vendor_id, created_at, id);
create index webhook_endpoints_previous_secret_idx on public.webhook_endpoints (previous_secret_expires_at)
  where previous_secret_ref is not null;
comment on table public.webhook_endpoints is 'Webhook endpoints of vendors. Their admins read and change them.';
comment on column public.webhook_endpoints.id is 'Names the endpoint.';
comment on column public.webhook_endpoints.vendor_id is 'Whose events it is told.';
comment on column public.webhook_endpoints.url is 'Where requests go; https, to a public address.';
comment on column public.webhook_endpoints.description is 'A note for people.';
comment on column public.webhook_endpoints.events is 'The event types it is told.';
comment on column public.webhook_endpoints.secret_ref is
  'The Vault secret that signs; its text is shown once, when made.';
comment on column public.webhook_endpoints.previous_secret_ref is
  'The secret before the last rotation, which signs as well until previous_secret_expires_at.';
comment on column public.webhook_endpoints.previous_secret_expires_at is 'End of the overlap; null outside one.';
comment on column public.webhook_endpoints.enabled is
  'false: nothing is sent, and events that happen are not kept for it.';
comment on column public.webhook_endpoints.disabled_reason is
  'asked (by an admin), gone (it answered 410) or failing (for too long); null while enabled.';
comment on column public.webhook_endpoints.disabled_at is 'Since when it is disabled.';
comment on column public.webhook_endpoints.retries_max is
  'Attempts after the first, at most; then the delivery is dead.';
comment on column public.webhook_endpoints.tolerance_sec is
  'How old a timestamp the receiver accepts; told here for its configuration. Every attempt is signed anew.';
comment on column public.webhook_endpoints.ordered is
  'true: of one entity''s events the next is sent only after the one before was delivered or given up.';
comment on column public.webhook_endpoints.failing_since is 'First failure since the last success; null while healthy.';
comment on column public.webhook_endpoints.resume_at is 'Nothing is sent before: it asked so with Retry-After.';
comment on column public.webhook_endpoints.last_success_at is 'When it last answered 2xx.';
comment on column public.webhook_endpoints.created_at is 'When it was made.';
comment on column public.webhook_endpoints.updated_at is 'When its configuration last changed.';

create trigger touch_updated_at_trigger
before update of url, description, events, enabled, retries_max, tolerance_sec, ordered, secret_ref
on public.webhook_endpoints
for each row execute function app.touch_updated_at();

create trigger audit_change_trigger
after insert or delete
or update of url, description, events, enabled, retries_max, tolerance_sec, ordered, secret_ref
on public.webhook_endpoints
for each row execute function app.audit_change(
  'webhook', 'id', 'previous_secret_ref', 'previous_secret_expires_at', 'failing_since', 'resume_at', 'last_success_at'
);

create trigger delete_webhook_secrets_trigger
after delete on public.webhook_endpoints
for each row execute function app.delete_webhook_secrets();

alter table public.webhook_endpoints enable row level security;
alter table public.webhook_endpoints force row level security;
create policy "admins read the webhooks of their vendor" on public.webhook_endpoints
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
grant select on public.webhook_endpoints to authenticated, service_role;

-- sql/webhooks/webhook_deliveries.sql
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

-- sql/webhooks/webhook_queue.sql
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

-- sql/webhooks/app_create_webhook.sql
-- Makes an endpoint of the caller's vendor. Definer, because Vault and the table are closed to writers. A secret that
-- the caller brings is not told back; else a new one is, this once.
create or replace function app.create_webhook(
  url text,
  events text[],
  description text,
  retries_max int,
  tolerance_sec int,
  ordered boolean,
  enabled boolean,
  secret text
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_endpoints constant int := 100;
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_secret record;
  v_endpoint public.webhook_endpoints;
begin
  perform app.check_webhook(
    coalesce(create_webhook.url, ''), coalesce(create_webhook.events, '{}'), create_webhook.description,
    create_webhook.retries_max, create_webhook.tolerance_sec
  );
  perform pg_advisory_xact_lock(hashtextextended(format('webhooks of %s', v_vendor_id), 0));
  if (select count(*) from public.webhook_endpoints as e where e.vendor_id = v_vendor_id) >= most_endpoints then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => format('A vendor has at most %s webhooks.', most_endpoints),
      hint => 'Delete one that is not used any more.'
    );
  end if;
  v_secret := app.store_webhook_secret(create_webhook.secret);
  insert into public.webhook_endpoints (
    vendor_id, url, events, description, retries_max, tolerance_sec, ordered, enabled, disabled_reason, disabled_at,
    secret_ref
  )
  values (
    v_vendor_id,
    create_webhook.url,
    array(select distinct e from unnest(create_webhook.events) as e order by e),
    create_webhook.description,
    coalesce(create_webhook.retries_max, 9),
    coalesce(create_webhook.tolerance_sec, 300),
    coalesce(create_webhook.ordered, false),
    coalesce(create_webhook.enabled, true),
    case when not create_webhook.enabled then 'asked' end,
    case when not create_webhook.enabled then now() end,
    v_secret.secret_ref
  )
  returning * into v_endpoint;
  return app.webhook_json(v_endpoint) || jsonb_build_object(
    'secret', case when create_webhook.secret is null then v_secret.secret end
  );
end;
$$;
comment on function app.create_webhook is 'Makes a webhook endpoint; problems 400, 403, 409.';
grant execute on function app.create_webhook to authenticated;

-- sql/webhooks/app_delete_webhook.sql
-- Removes an endpoint with its deliveries and secrets. Definer, because the table is closed to writers.
create or replace function app.delete_webhook(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
begin
  -- At once and by itself: locked for a change first, it would wait for those who hold it while they wait for it.
  delete from public.webhook_endpoints as e where e.vendor_id = v_vendor_id and e.id = delete_webhook.id;
  if not found then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
end;
$$;
comment on function app.delete_webhook is 'Removes a webhook endpoint; problems 403, 404.';
grant execute on function app.delete_webhook to authenticated;

-- sql/webhooks/app_recover_webhook.sql
-- Queues an endpoint's dead deliveries again, once what made them fail is repaired. Definer, because the queue is
-- closed to clients.
create or replace function app.recover_webhook(id uuid, since timestamptz)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), recover_webhook.id);
begin
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  return jsonb_build_object(
    'queued', app.requeue_deliveries(
      array(
        select d.id
        from public.webhook_deliveries as d
        where d.vendor_id = v_endpoint.vendor_id and d.endpoint_id = v_endpoint.id and d.status = 'dead'
          and (recover_webhook.since is null or d.finished_at >= recover_webhook.since)
        order by d.sequence
      )
    )
  );
end;
$$;
comment on function app.recover_webhook is 'Queues the dead deliveries of an endpoint again; problems 403, 404, 409.';
grant execute on function app.recover_webhook to authenticated;

-- sql/webhooks/app_redeliver_webhook.sql
-- Sends one delivery again, whatever became of it. Definer, because the queue is closed to clients.
create or replace function app.redeliver_webhook(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_delivery public.webhook_deliveries;
begin
  select d.* into v_delivery
  from public.webhook_deliveries as d
  where d.vendor_id = v_vendor_id and d.id = redeliver_webhook.id;
  if v_delivery.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such delivery.');
  end if;
  if not (app.find_webhook(v_vendor_id, v_delivery.endpoint_id)).enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  perform app.requeue_deliveries(array[v_delivery.id]);
  select d.* into v_delivery from public.webhook_deliveries as d where d.id = redeliver_webhook.id;
  return app.webhook_delivery_json(v_delivery);
end;
$$;
comment on function app.redeliver_webhook is 'Queues one delivery again; problems 403, 404, 409.';
grant execute on function app.redeliver_webhook to authenticated;

-- sql/webhooks/app_replay_webhook.sql
-- Sends the events of a time range to an endpoint: those it missed while it was disabled or had not asked for them yet,
-- and, unless only those are wanted, those it was sent before. Definer, because outbox and queue are closed to clients.
create or replace function app.replay_webhook(
  id uuid,
  since timestamptz,
  until timestamptz,
  events text[],
  missed_only boolean
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_events constant int := 10000;
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), replay_webhook.id);
  v_until constant timestamptz := coalesce(replay_webhook.until, now());
  v_events app.outbox[];
  v_again uuid[];
  v_missed int;
begin
  if replay_webhook.since is null or replay_webhook.since >= v_until then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/since', 'invalid_value', 'must be a time before until'))
    );
  end if;
  perform app.check_webhook(null, replay_webhook.events);
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  perform app.lock_webhook_queue();
  select array_agg(x.o order by (x.o).id) into v_events
  from (
    select o
    from app.outbox as o
    where o.vendor_id = v_endpoint.vendor_id
      and o.occurred_at >= replay_webhook.since
      and o.occurred_at < v_until
      and not exists (
        select from app.outbox_queue as q where q.vendor_id = o.vendor_id and q.outbox_id = o.id
      )
      and o.event_type = any (v_endpoint.events)
      and (replay_webhook.events is null or o.event_type = any (replay_webhook.events))
    order by o.occurred_at, o.id
    limit most_events + 1
  ) as x;
  if cardinality(v_events) > most_events then
    perform app.refuse_field_errors(
      jsonb_build_array(
        app.field_error('/since', 'too_many', format('more than %s events; ask for less', most_events))
      )
    );
  end if;
  with told as (
    select o, d.id, d.status
    from unnest(v_events) as o
    left join public.webhook_deliveries as d on d.id = extensions.uuid_generate_v5(v_endpoint.id, o.event_id::text)
  )
  select
    array_agg(t.o) filter (where t.id is null),
    array_agg(t.id) filter (where t.status in ('delivered', 'dead') and replay_webhook.missed_only is not true)
  into v_events, v_again
  from told as t;
  v_missed := app.queue_deliveries(v_events, array[v_endpoint.id]);
  return jsonb_build_object(
    'queued', v_missed + app.requeue_deliveries(v_again), 'missed', v_missed, 'again', coalesce(cardinality(v_again), 0)
  );
end;
$$;
comment on function app.replay_webhook is
  'Queues the events of a time range for an endpoint; problems 400, 403, 404, 409.';
grant execute on function app.replay_webhook to authenticated;

-- sql/webhooks/app_rotate_webhook_secret.sql
-- Gives an endpoint a new secret; the old one signs as well for some hours, so that the receiver can change over. A
-- rotation inside an overlap drops the oldest at once. Definer, because Vault is closed to clients.
create or replace function app.rotate_webhook_secret(id uuid, overlap_hours int, secret text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), rotate_webhook_secret.id);
  v_hours constant int := coalesce(rotate_webhook_secret.overlap_hours, 24);
  v_secret record;
begin
  if v_hours not between 0 and 168 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/overlap_hours', 'invalid_value', 'must be from 0 to 168'))
    );
  end if;
  v_secret := app.store_webhook_secret(rotate_webhook_secret.secret);
  delete from vault.secrets as s
  where s.id = v_endpoint.previous_secret_ref or (v_hours = 0 and s.id = v_endpoint.secret_ref);
  update public.webhook_endpoints as e
  set secret_ref = v_secret.secret_ref,
      previous_secret_ref = case when v_hours > 0 then v_endpoint.secret_ref end,
      previous_secret_expires_at = case when v_hours > 0 then now() + make_interval(hours => v_hours) end
  where e.id = v_endpoint.id
  returning e.* into v_endpoint;
  return app.webhook_json(v_endpoint) || jsonb_build_object(
    'secret', case when rotate_webhook_secret.secret is null then v_secret.secret end
  );
end;
$$;
comment on function app.rotate_webhook_secret is 'Replaces the secret of an endpoint; problems 400, 403, 404.';
grant execute on function app.rotate_webhook_secret to authenticated;

-- sql/webhooks/app_test_webhook.sql
-- Sends a webhook.test to one endpoint, on the same way as any event. Definer, because the queue is closed to clients.
create or replace function app.test_webhook(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints := app.find_webhook(v_vendor_id, test_webhook.id);
  v_event app.outbox;
  v_delivery public.webhook_deliveries;
begin
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  insert into app.outbox (vendor_id, event_type, data)
  values (
    v_vendor_id, 'webhook.test',
    jsonb_build_object('webhook_id', v_endpoint.id, 'message', 'This is a test of your webhook.')
  )
  returning * into v_event;
  insert into public.webhook_deliveries (id, endpoint_id, vendor_id, event_id, event_type, payload, sequence)
  select
    extensions.uuid_generate_v5(v_endpoint.id, v_event.event_id::text), v_endpoint.id, v_vendor_id, v_event.event_id,
    v_event.event_type, p.payload, p.id
  from app.event_payloads(array[v_event]) as p
  returning * into v_delivery;
  return app.webhook_delivery_json(v_delivery);
end;
$$;
comment on function app.test_webhook is 'Queues a webhook.test for an endpoint; problems 403, 404, 409.';
grant execute on function app.test_webhook to authenticated;

-- sql/webhooks/app_update_webhook.sql
-- Changes an endpoint of the caller's vendor; keys of the patch that are absent stay. Enabling it again lets what
-- waited go at once and forgets its failures. Definer, because the table is closed to writers.
create or replace function app.update_webhook(id uuid, patch jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints := app.find_webhook(v_vendor_id, update_webhook.id);
  v_new public.webhook_endpoints;
  v_fields constant text[] := '{url, events, description, retries_max, tolerance_sec, ordered, enabled}';
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error('/' || p.key, 'unrecognized_keys', 'is not a field that can change')) into v_errors
  from jsonb_object_keys(patch) as p (key)
  where p.key <> all (v_fields);
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
  begin
    v_new := jsonb_populate_record(v_endpoint, patch);
  exception when data_exception then
    perform app.raise_problem(400, 'invalid-input', 'A field of the webhook has the wrong type.');
  end;
  perform app.check_webhook(
    coalesce(v_new.url, ''), coalesce(v_new.events, '{}'), v_new.description, coalesce(v_new.retries_max, -1),
    coalesce(v_new.tolerance_sec, -1)
  );
  update public.webhook_endpoints as e
  set url = v_new.url,
      events = array(select distinct x from unnest(v_new.events) as x order by x),
      description = v_new.description,
      retries_max = v_new.retries_max,
      tolerance_sec = v_new.tolerance_sec,
      ordered = coalesce(v_new.ordered, e.ordered),
      enabled = coalesce(v_new.enabled, e.enabled),
      disabled_reason = case when not coalesce(v_new.enabled, e.enabled) then coalesce(e.disabled_reason, 'asked') end,
      disabled_at = case when not coalesce(v_new.enabled, e.enabled) then coalesce(e.disabled_at, now()) end,
      failing_since = case when v_new.enabled and not e.enabled then null else e.failing_since end,
      resume_at = case when v_new.enabled and not e.enabled then null else e.resume_at end
  where e.id = v_endpoint.id
  returning e.* into v_new;
  if v_new.enabled and not v_endpoint.enabled then
    update public.webhook_deliveries as d
    set next_attempt_at = now()
    from (
      select w.id
      from public.webhook_deliveries as w
      where w.id = any (
          array(
            select q.delivery_id
            from app.webhook_queue as q
            where q.endpoint_id = v_endpoint.id and q.next_attempt_at > now()
          )
        )
        and w.status in ('pending', 'retrying')
      order by w.id
      for no key update
    ) as waiting
    where d.id = waiting.id;
  end if;
  return app.webhook_json(v_new);
end;
$$;
comment on function app.update_webhook is 'Changes a webhook endpoint; problems 400, 403, 404.';
grant execute on function app.update_webhook to authenticated;

-- sql/webhooks/block_followers.sql
-- Of the deliveries just queued again for ordered endpoints, lets only the first of each entity go.
create or replace function app.block_followers(ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.webhook_deliveries as d
  set status = 'blocked'
  where d.id = any (block_followers.ids)
    and d.entity is not null
    and d.status = 'pending'
    and exists (
      select from public.webhook_deliveries as w
      where w.endpoint_id = d.endpoint_id and w.entity = d.entity and w.sequence < d.sequence
        and w.status in ('blocked', 'pending', 'retrying')
    );
  perform app.release_blocked_deliveries(
    array(
      select distinct d.endpoint_id
      from public.webhook_deliveries as d
      where d.id = any (block_followers.ids) and d.entity is not null
    )
  );
end;
$$;
comment on function app.block_followers is 'Keeps the order of entities after deliveries were queued again.';

-- sql/webhooks/check_webhook.sql
-- Refuses an endpoint that could not work: what is null is not checked. That a host name leads to a public address is
-- checked each time something is sent, since names can point elsewhere tomorrow.
create or replace function app.check_webhook(
  url text,
  events text[],
  description text default null,
  retries_max int default null,
  tolerance_sec int default null
)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error(f.pointer, f.code, f.detail)) into v_errors
  from (
    select '/url' as pointer, 'refused_url' as code, app.outbound_url_fault(check_webhook.url) as detail
    where app.outbound_url_fault(check_webhook.url) is not null
    union all
    select '/events', 'invalid_value', 'must name from 1 to 50 events'
    where cardinality(check_webhook.events) not between 1 and 50
    union all
    select format('/events/%s', e.place - 1), 'unknown_event', format('there is no event %s', left(e.code, 100))
    from unnest(check_webhook.events) with ordinality as e (code, place)
    where not exists (select from app.event_types as t where t.code = e.code and t.subscribable)
    union all
    select '/description', 'too_long', 'must have at most 500 characters'
    where length(check_webhook.description) > 500
    union all
    select '/retries_max', 'invalid_value', 'must be from 0 to 50'
    where check_webhook.retries_max not between 0 and 50
    union all
    select '/tolerance_sec', 'invalid_value', 'must be from 1 to 86400'
    where check_webhook.tolerance_sec not between 1 and 86400
  ) as f;
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
end;
$$;
comment on function app.check_webhook is 'Problem 400 naming the fields of an endpoint that are not valid.';

-- sql/webhooks/claim_webhook_deliveries.sql
-- Leases due deliveries to a worker, fairly: every endpoint and every vendor gets its turn before another gets a second
-- one, none gets more at once than its limit, and failing endpoints share a small part. Of `brisk` endpoints, from
-- which answers have just come, a worker may hold some more, to be sent when others end. Workers claim one after
-- another: side by side they would choose the same rows, and each count leases without those of the others. The secrets
-- that `secrets_key` names are read by app.read_webhook_secrets when a worker does not know them; `is_ordered` is to be
-- told to app.record_webhook_attempts. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.claim_webhook_deliveries(most int, brisk uuid[] default '{}')
returns table (
  id uuid,
  endpoint_id uuid,
  event_id uuid,
  attempt int,
  is_ordered boolean,
  body text,
  url text,
  secrets_key text,
  timeout_seconds int,
  lease_seconds int,
  endpoint_concurrency int
)
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_settings app.webhook_settings;
  v_now timestamptz;
begin
  select s.* into strict v_settings from app.webhook_settings as s;
  -- A crash of the server may forget the last attempts: what they were of is sent again, as after a crash of the
  -- worker. Waiting for the disk each time would promise no more.
  perform set_config('synchronous_commit', 'off', true);
  perform pg_advisory_xact_lock(hashtextextended('app.webhook_claims', 0));
  -- One moment for all, and a value that an index can be asked with.
  v_now := clock_timestamp();
  if exists (select from app.webhook_leases as l where l.leased_until < v_now) then
    -- Leases of workers that died; one that is being recorded this very moment is left alone.
    delete from app.webhook_leases as l
    where l.ctid = any (
      array(select x.ctid from app.webhook_leases as x where x.leased_until < v_now for update skip locked)
    );
  end if;

  return query
  with recursive waiting (endpoint_id) as (
    -- Each endpoint with waiting deliveries, by hops through the index instead of a scan of them all; from its end,
    -- since at its start lies what has been delivered since the last vacuum.
    (
      select q.endpoint_id from app.webhook_queue as q order by q.endpoint_id desc limit 1
    )
    union all
    select h.endpoint_id
    from waiting as w
    cross join lateral (
      select q.endpoint_id
      from app.webhook_queue as q
      where q.endpoint_id < w.endpoint_id
      order by q.endpoint_id desc
      limit 1
    ) as h
  ),
  held as materialized (
    select l.endpoint_id, l.vendor_id, l.delivery_id from app.webhook_leases as l
  ),
  by_endpoint as materialized (
    select h.endpoint_id, h.vendor_id, count(*) as leases from held as h group by h.endpoint_id, h.vendor_id
  ),
  by_vendor as (
    select b.vendor_id, sum(b.leases) as leases from by_endpoint as b group by b.vendor_id
  ),
  open_endpoints as (
    select
      e.id, e.vendor_id, e.url, app.webhook_secrets_key(e) as secrets_key, e.failing_since is not null as is_failing,
      case
        when e.failing_since is not null then 1
        when e.id = any (claim_webhook_deliveries.brisk) then v_settings.endpoint_leases
        else v_settings.endpoint_concurrency
      end - coalesce(l.leases, 0) as room,
      v_settings.vendor_concurrency - coalesce(b.leases, 0) as vendor_room,
      count(*) over (partition by e.vendor_id, e.failing_since is null) as siblings
    from waiting as w
    cross join lateral (
      select x.* from public.webhook_endpoints as x where x.id = w.endpoint_id offset 0
    ) as e
    join public.vendors as v on v.id = e.vendor_id and v.status = 'active'
    left join by_endpoint as l on l.endpoint_id = e.id
    left join by_vendor as b on b.vendor_id = e.vendor_id
    where e.enabled and (e.resume_at is null or e.resume_at <= v_now)
  ),
  candidates as (
    -- Of an endpoint no more than its share of a claim: what the others leave of theirs is for the next one.
    select c.*, o.vendor_id, o.is_failing, o.vendor_room, o.url, o.secrets_key
    from open_endpoints as o
    cross join lateral (
      select
        q.delivery_id as id, q.endpoint_id, row_number() over (order by q.next_attempt_at, q.sequence) as turn
      from app.webhook_queue as q
      where q.endpoint_id = o.id
        and q.next_attempt_at <= v_now
        and q.delivery_id not in (select h.delivery_id from held as h)
      order by q.next_attempt_at, q.sequence
      limit greatest(
        least(o.room, o.vendor_room, 1 + least(claim_webhook_deliveries.most, o.vendor_room) / o.siblings), 0
      )
    ) as c
  ),
  by_turn as (
    select c.*, row_number() over (partition by c.vendor_id order by c.is_failing, c.turn) as vendor_turn
    from candidates as c
  ),
  by_lane as (
    select b.*, row_number() over (partition by b.is_failing order by b.vendor_turn) as lane_turn
    from by_turn as b
    where b.vendor_turn <= b.vendor_room
  ),
  claimed as materialized (
    select p.*
    from by_lane as p
    where not p.is_failing
      or p.lane_turn <= v_settings.failing_concurrency - (
        select coalesce(sum(b.leases), 0)
        from by_endpoint as b
        join public.webhook_endpoints as e on e.id = b.endpoint_id
        where e.failing_since is not null
      )
    order by p.vendor_turn, p.is_failing
    limit claim_webhook_deliveries.most
  ),
  leases as (
    insert into app.webhook_leases (endpoint_id, delivery_id, vendor_id, leased_until)
    select c.endpoint_id, c.id, c.vendor_id, v_now + make_interval(secs => v_settings.lease_seconds) from claimed as c
  )
  select
    d.id, d.endpoint_id, d.event_id, d.attempt + 1, d.entity is not null, d.payload::text, c.url, c.secrets_key,
    v_settings.timeout_seconds, v_settings.lease_seconds, v_settings.endpoint_concurrency
  from claimed as c
  join public.webhook_deliveries as d on d.id = c.id;
end;
$$;
comment on function app.claim_webhook_deliveries is
  'Leases up to so many due deliveries; gives what is needed to send them.';

-- sql/webhooks/create_webhook.sql
-- The door to app.create_webhook.
create or replace function public.create_webhook(
  url text,
  events text[],
  description text default null,
  retries_max int default null,
  tolerance_sec int default null,
  ordered boolean default null,
  enabled boolean default null,
  secret text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_webhook(
    create_webhook.url, create_webhook.events, create_webhook.description, create_webhook.retries_max,
    create_webhook.tolerance_sec, create_webhook.ordered, create_webhook.enabled, create_webhook.secret
  );
$$;
comment on function public.create_webhook is
  'Makes a webhook endpoint of the caller''s vendor; the answer holds its new secret, this once. For admins.';
grant execute on function public.create_webhook to authenticated;

-- sql/webhooks/delete_webhook.sql
-- The door to app.delete_webhook.
create or replace function public.delete_webhook(id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_webhook(delete_webhook.id);
$$;
comment on function public.delete_webhook is 'Removes a webhook with its deliveries. For admins.';
grant execute on function public.delete_webhook to authenticated;

-- sql/webhooks/disable_webhook.sql
-- Switches an endpoint off and tells the vendor's other endpoints. What waits for it stays, and goes on when it is
-- enabled again.
create or replace function app.disable_webhook(id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
begin
  update public.webhook_endpoints as e
  set enabled = false, disabled_reason = disable_webhook.reason, disabled_at = now()
  where e.id = disable_webhook.id and e.enabled
  returning e.vendor_id into v_vendor_id;
  if found then
    perform app.emit_event(
      v_vendor_id, 'webhook.disabled',
      jsonb_build_object('webhook_id', disable_webhook.id, 'reason', disable_webhook.reason)
    );
  end if;
end;
$$;
comment on function app.disable_webhook is 'Switches an endpoint off for a reason and emits webhook.disabled.';

-- sql/webhooks/dispatch_events.sql
-- Turns events of the outbox into about so many deliveries, oldest events first. The vendors that have events waiting
-- share a call, so that the thousands of one do not hold up the one of another. One worker at a time dispatches, so
-- that order holds; the others find nothing to do. The events of a vendor whose endpoint is being removed wait for the
-- end of that. The planner is kept to the indexes, since statistics lag behind a queue.
create or replace function app.dispatch_events(most int)
returns int
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
declare
  v_vendor_ids uuid[];
  v_places tid[];
  v_held uuid[];
  v_events app.outbox[];
begin
  -- The common case is an empty outbox; it costs one look into a small index.
  if dispatch_events.most = 0
    or not exists (select from app.outbox_queue)
    or not app.lock_webhook_queue(false)
  then
    return 0;
  end if;
  with recursive waiting (vendor_id) as (
    -- Each vendor with waiting events, by hops through the index instead of a scan of them all.
    (select q.vendor_id from app.outbox_queue as q order by q.vendor_id limit 1)
    union all
    select (
      select q.vendor_id
      from app.outbox_queue as q
      where q.vendor_id > w.vendor_id
      order by q.vendor_id
      limit 1
    )
    from waiting as w
    where w.vendor_id is not null
  )
  select array_agg(distinct c.vendor_id), array_agg(c.ctid) into v_vendor_ids, v_places
  from (
    select w.vendor_id, count(e.id) filter (where e.enabled) as endpoints, count(*) over () as vendors
    from waiting as w
    left join public.webhook_endpoints as e on e.vendor_id = w.vendor_id
    where w.vendor_id is not null
    group by w.vendor_id
  ) as v
  cross join lateral (
    select q.vendor_id, q.ctid
    from app.outbox_queue as q
    where q.vendor_id = v.vendor_id
    order by q.outbox_id
    limit greatest(dispatch_events.most / v.vendors / greatest(v.endpoints, 1), 1)
  ) as c;
  v_held := array(
    select h.id
    from app.hold_webhook_endpoints(
      array(select e.id from public.webhook_endpoints as e where e.vendor_id = any (v_vendor_ids))
    ) as h
  );
  with taken as (
    delete from app.outbox_queue as q
    where q.ctid = any (v_places)
      and not exists (
        select from public.webhook_endpoints as e where e.vendor_id = q.vendor_id and e.id <> all (v_held)
      )
    returning q.outbox_id
  )
  select array_agg(o order by o.id) into v_events
  from app.outbox as o
  where o.id = any (array(select t.outbox_id from taken as t));
  if v_events is null then
    return 0;
  end if;
  perform app.queue_deliveries(v_events, v_held);
  return cardinality(v_events);
end;
$$;
comment on function app.dispatch_events is
  'Makes about so many deliveries of waiting events, fairly; returns how many events it took.';

-- sql/webhooks/emit_event.sql
-- Notes an event in the outbox of the running transaction. Internal: called by the functions that change things.
-- Without a super id it belongs to the workflow of the request, where that has one.
create or replace function app.emit_event(vendor_id uuid, event_type text, data jsonb, super_id uuid default null)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id bigint;
  v_event_id uuid;
begin
  insert into app.outbox (vendor_id, event_type, data, super_id)
  values (emit_event.vendor_id, emit_event.event_type, coalesce(emit_event.data, '{}'),
    coalesce(emit_event.super_id, app.given_super_id()))
  returning id, event_id into v_id, v_event_id;
  insert into app.outbox_queue (vendor_id, outbox_id) values (emit_event.vendor_id, v_id);
  return v_event_id;
end;
$$;
comment on function app.emit_event is 'Writes an event to the outbox and returns its event_id.';

-- sql/webhooks/emit_job_changes.sql
-- A job changes the catalogue in many batches and is told as one change set, when it ends, however it ends: one
-- product.updated (or customer.updated) with counts, not two million.
create or replace function app.emit_job_changes()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_inserted bigint := coalesce((new.totals ->> 'inserted')::bigint, 0);
  v_updated bigint := coalesce((new.totals ->> 'updated')::bigint, 0);
  v_data jsonb;
begin
  if v_inserted + v_updated = 0 then
    return null;
  end if;
  v_data := jsonb_build_object(
    'count', v_inserted + v_updated, 'inserted', v_inserted, 'updated', v_updated, 'job_id', new.id
  );
  if new.mode = 'customers' then
    perform app.emit_event(
      new.vendor_id, 'customer.updated', v_data || '{"customer_ids": null, "change": "profile"}', new.super_id
    );
    return null;
  end if;
  perform app.emit_event(
    new.vendor_id, 'product.updated',
    v_data || jsonb_build_object(
      'deleted', 0, 'product_ids', null,
      'catalog_version', (select v.catalog_version from public.vendors as v where v.id = new.vendor_id)
    ),
    new.super_id
  );
  return null;
end;
$$;
comment on function app.emit_job_changes is
  'After-row trigger of ingestion_jobs: one event for all that a job changed.';

create trigger emit_job_changes_trigger
after update of status on public.ingestion_jobs
for each row
when (old.finished_at is null and new.finished_at is not null)
execute function app.emit_job_changes();

-- sql/webhooks/emit_member_event.sql
-- Tells the outbox of changes of memberships, whoever makes them. Ids and roles; no names, no addresses.
create or replace function app.emit_member_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_link public.user_links := case when tg_op = 'DELETE' then old else new end;
begin
  if tg_op = 'UPDATE' and (old.role, old.status) is not distinct from (new.role, new.status) then
    return null;
  end if;
  -- With its vendor goes everything that could be told.
  if tg_op = 'DELETE' and not exists (select from public.vendors as v where v.id = v_link.vendor_id) then
    return null;
  end if;
  perform app.emit_event(
    v_link.vendor_id,
    case tg_op when 'INSERT' then 'member.added' when 'UPDATE' then 'member.updated' else 'member.removed' end,
    jsonb_build_object(
      'member_id', v_link.id, 'user_id', v_link.user_id, 'role', v_link.role, 'status', v_link.status
    )
  );
  return null;
end;
$$;
comment on function app.emit_member_event is
  'After-row trigger of user_links: member.added, member.updated, member.removed.';

create trigger emit_member_event_trigger
after insert or update or delete on public.user_links
for each row execute function app.emit_member_event();

-- sql/webhooks/emit_vendor_event.sql
-- Tells the outbox when a vendor's own data changed; catalog_version moves with product.updated instead.
create or replace function app.emit_vendor_event()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_changed text[] := array_remove(array[
    case when new.code <> old.code then 'code' end,
    case when new.name <> old.name then 'name' end,
    case when new.status <> old.status then 'status' end,
    case when new.settings_json <> old.settings_json then 'settings' end
  ], null);
begin
  if v_changed <> '{}' then
    perform app.emit_event(
      new.id, 'vendor.updated',
      jsonb_build_object('code', new.code, 'name', new.name, 'status', new.status, 'changed', v_changed)
    );
  end if;
  return null;
end;
$$;
comment on function app.emit_vendor_event is 'After-row trigger of vendors: vendor.updated with what changed.';

create trigger emit_vendor_event_trigger
after update of code, name, status, settings_json on public.vendors
for each row execute function app.emit_vendor_event();

-- sql/webhooks/event_entity.sql
-- What an event is about, as the key by which ordered endpoints get events one after another. Change sets of products
-- (and of customers) share one key: they may touch the same rows.
create or replace function app.event_entity(event_type text, data jsonb)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_noun text := split_part(event_entity.event_type, '.', 1);
begin
  return v_noun || coalesce(
    ':' || case v_noun
      when 'job' then data ->> 'job_id'
      when 'member' then data ->> 'member_id'
      when 'webhook' then data ->> 'webhook_id'
    end, ''
  );
end;
$$;
comment on function app.event_entity is 'The entity of an event: job:<id>, member:<id>, product, customer, ...';

-- sql/webhooks/event_payloads.sql
-- The bodies of the requests that tell of events: an envelope, and of the data the fields that app.event_types lets
-- out.
create or replace function app.event_payloads(events app.outbox[])
returns table (id bigint, payload jsonb)
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select
    e.id,
    jsonb_build_object(
      'event_id', e.event_id,
      'event_type', e.event_type,
      'vendor_id', e.vendor_id,
      'occurred_at', to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', case
        -- Mostly nothing has to stay.
        when e.data - t.fields = '{}' then e.data
        else (
          select coalesce(jsonb_object_agg(d.key, d.value), '{}')
          from jsonb_each(e.data) as d
          where d.key = any (t.fields)
        )
      end
    )
  from unnest(event_payloads.events) as e
  left join app.event_types as t on t.code = e.event_type;
end;
$$;
comment on function app.event_payloads is
  'What endpoints are sent about events, by their ids: ids, counts and states, no personal data.';

-- sql/webhooks/find_webhook.sql
-- An endpoint of the caller's vendor, locked for a change; problem 404 when there is none.
create or replace function app.find_webhook(vendor_id uuid, id uuid)
returns public.webhook_endpoints
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_endpoint public.webhook_endpoints;
begin
  select e.* into v_endpoint
  from public.webhook_endpoints as e
  where e.vendor_id = find_webhook.vendor_id and e.id = find_webhook.id
  for no key update;
  if v_endpoint.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  return v_endpoint;
end;
$$;
comment on function app.find_webhook is 'An endpoint of the vendor, locked; problem 404.';

-- sql/webhooks/get_webhook.sql
-- One endpoint of the caller's vendor; another vendor's does not exist.
create or replace function public.get_webhook(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints;
begin
  select e.* into v_endpoint
  from public.webhook_endpoints as e
  where e.vendor_id = v_vendor_id and e.id = get_webhook.id;
  if v_endpoint.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  return app.webhook_json(v_endpoint);
end;
$$;
comment on function public.get_webhook is 'One webhook endpoint; problems 403, 404. For admins.';
grant execute on function public.get_webhook to authenticated;

-- sql/webhooks/get_webhook_delivery.sql
-- One delivery with its attempts and what the endpoint answered.
create or replace function public.get_webhook_delivery(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_delivery public.webhook_deliveries;
begin
  select d.* into v_delivery
  from public.webhook_deliveries as d
  where d.vendor_id = v_vendor_id and d.id = get_webhook_delivery.id;
  if v_delivery.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such delivery.');
  end if;
  return app.webhook_delivery_json(v_delivery, with_bodies => true);
end;
$$;
comment on function public.get_webhook_delivery is 'One delivery with its attempts; problems 403, 404. For admins.';
grant execute on function public.get_webhook_delivery to authenticated;

-- sql/webhooks/hold_webhook_endpoints.sql
-- Keeps endpoints from being removed until the transaction ends; returns those it keeps. It never waits: one that is
-- being removed this very moment is left out, and who works for many vendors is not held up by it.
--
-- The order in which whoever writes to the tables of webhooks takes locks, so that nobody waits in a circle:
-- 1. the endpoint: held by this function to write to its deliveries, locked by app.find_webhook to change it, several
--    in order of id; who removes it locks it for update before anything of it;
-- 2. app.lock_webhook_queue, where deliveries are queued or ordered ones end;
-- 3. its deliveries, in order of id, or without waiting (skip locked);
-- 4. attempts, secrets, the audit log;
-- 5. the lock of app.claim_webhook_deliveries, under which leases are taken.
create or replace function app.hold_webhook_endpoints(ids uuid[])
returns setof public.webhook_endpoints
language plpgsql
volatile
set search_path = ''
as $$
begin
  return query
  select e.*
  from public.webhook_endpoints as e
  join public.vendors as v on v.id = e.vendor_id
  where e.id = any (hold_webhook_endpoints.ids)
  for key share skip locked;
end;
$$;
comment on function app.hold_webhook_endpoints is
  'Keeps endpoints, and their vendors, from being removed; those it keeps. The order of locks stands at its head.';

-- sql/webhooks/list_webhook_deliveries.sql
-- What was sent, or waits to be sent, to an endpoint, newest first.
create or replace function public.list_webhook_deliveries(
  id uuid,
  status text default null,
  event_type text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_scope constant text := concat_ws(
    '/', v_vendor_id, 'deliveries', list_webhook_deliveries.id,
    app.fingerprint(jsonb_build_array(list_webhook_deliveries.status, list_webhook_deliveries.event_type))
  );
  v_after constant jsonb := app.decode_cursor(v_scope, list_webhook_deliveries.cursor);
  v_deliveries public.webhook_deliveries[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice(
    'status', list_webhook_deliveries.status, '{blocked, pending, retrying, delivered, dead}'
  );
  if not exists (
    select from public.webhook_endpoints as e where e.vendor_id = v_vendor_id and e.id = list_webhook_deliveries.id
  ) then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  select array_agg(page.d order by (page.d).created_at desc, (page.d).id desc) into v_deliveries
  from (
    select d
    from public.webhook_deliveries as d
    where d.endpoint_id = list_webhook_deliveries.id
      and d.vendor_id = v_vendor_id
      and (list_webhook_deliveries.status is null or d.status = list_webhook_deliveries.status)
      and (list_webhook_deliveries.event_type is null or d.event_type = list_webhook_deliveries.event_type)
      and (
        v_after is null
        or (d.created_at, d.id) < ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by d.created_at desc, d.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(app.webhook_delivery_json(d)) from unnest(v_deliveries[:page_limit]) as d), '[]'
    ),
    'next_cursor', case when cardinality(v_deliveries) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_deliveries[page_limit].created_at, 'id', v_deliveries[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_webhook_deliveries is
  'Deliveries to a webhook with their attempts, newest first, as {"data", "next_cursor"}. For admins.';
grant execute on function public.list_webhook_deliveries to authenticated;

-- sql/webhooks/list_webhooks.sql
-- The vendor's endpoints, oldest first.
create or replace function public.list_webhooks(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_scope constant text := concat_ws('/', v_vendor_id, 'webhooks');
  v_after constant jsonb := app.decode_cursor(v_scope, list_webhooks.cursor);
  v_endpoints public.webhook_endpoints[];
begin
  perform app.check_page_limit(page_limit);
  select array_agg(page.e order by (page.e).created_at, (page.e).id) into v_endpoints
  from (
    select e
    from public.webhook_endpoints as e
    where e.vendor_id = v_vendor_id
      and (
        v_after is null
        or (e.created_at, e.id) > ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by e.created_at, e.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(app.webhook_json(e)) from unnest(v_endpoints[:page_limit]) as e), '[]'),
    'next_cursor', case when cardinality(v_endpoints) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_endpoints[page_limit].created_at, 'id', v_endpoints[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_webhooks is
  'The vendor''s webhooks, oldest first, as {"data", "next_cursor"}. For admins.';
grant execute on function public.list_webhooks to authenticated;

-- sql/webhooks/lock_webhook_queue.sql
-- Makes those who queue deliveries or end ordered ones follow each other: else an event could be blocked by one that
-- has just ended, and wait for ever. false: somebody else holds it, and the caller does not want to wait.
create or replace function app.lock_webhook_queue(wait boolean default true)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key constant bigint := hashtextextended('app.webhook_queue', 0);
begin
  if not lock_webhook_queue.wait then
    return pg_try_advisory_xact_lock(v_key);
  end if;
  perform pg_advisory_xact_lock(v_key);
  return true;
end;
$$;
comment on function app.lock_webhook_queue is 'Serialises the queue of webhook deliveries until the transaction ends.';

-- sql/webhooks/note_endpoint_health.sql
-- What attempts say of an endpoint: healthy again, failing since, gone, or asking for a pause. One that has failed for
-- too long without any success is switched off.
create or replace function app.note_endpoint_health(
  id uuid,
  succeeded boolean,
  is_gone boolean,
  retry_after_seconds int
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_since timestamptz;
begin
  -- A healthy endpoint is written to once a minute at most, so that its row does not become a bottleneck.
  update public.webhook_endpoints as e
  set failing_since = case when note_endpoint_health.succeeded then null else coalesce(e.failing_since, now()) end,
      last_success_at = case when note_endpoint_health.succeeded then now() else e.last_success_at end,
      resume_at = case when retry_after_seconds > 0
        then clock_timestamp() + make_interval(secs => least(retry_after_seconds, 86400)) end
  where e.id = note_endpoint_health.id
    and (
      (note_endpoint_health.succeeded and e.failing_since is not null)
      or (note_endpoint_health.succeeded and coalesce(e.last_success_at < now() - interval '1 minute', true))
      or (not note_endpoint_health.succeeded and e.failing_since is null)
      or retry_after_seconds > 0
    );
  if note_endpoint_health.succeeded and not note_endpoint_health.is_gone then
    return;
  end if;
  if note_endpoint_health.is_gone then
    perform app.disable_webhook(note_endpoint_health.id, 'gone');
    return;
  end if;
  select e.failing_since into v_since from public.webhook_endpoints as e where e.id = note_endpoint_health.id;
  if v_since < now() - (select s.disable_after from app.webhook_settings as s) then
    perform app.disable_webhook(note_endpoint_health.id, 'failing');
  end if;
end;
$$;
comment on function app.note_endpoint_health is
  'Keeps the health of an endpoint; switches it off when it is gone or beyond hope.';

-- sql/webhooks/purge_webhooks.sql
-- Removes what is past its retention, a batch at a time: ended deliveries with their attempts, dispatched events, and
-- secrets whose overlap is over. Deliveries that still wait stay.
create or replace function app.purge_webhooks(most int, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_before timestamptz := purge_webhooks.at - (select s.keep_for from app.webhook_settings as s);
  v_deliveries int;
  v_events int;
begin
  delete from public.webhook_deliveries as d
  where d.id in (
    select o.id
    from public.webhook_deliveries as o
    where o.finished_at < v_before
    limit purge_webhooks.most
    for update skip locked
  );
  get diagnostics v_deliveries = row_count;
  -- Events happen about in the order of their ids: the first of them hold whatever is old.
  delete from app.outbox as o
  where o.id in (
    select p.id
    from app.outbox as p
    where p.id = any (
        array(
          select x.id
          from app.outbox as x
          where not exists (
            select from app.outbox_queue as q where q.vendor_id = x.vendor_id and q.outbox_id = x.id
          )
          order by x.id
          limit purge_webhooks.most
        )
      )
      and p.occurred_at < v_before
    for update skip locked
  );
  get diagnostics v_events = row_count;

  with rotated as materialized (
    select e.id, e.previous_secret_ref
    from public.webhook_endpoints as e
    where e.previous_secret_ref is not null and e.previous_secret_expires_at < purge_webhooks.at
    for no key update skip locked
  ),
  replaced as (
    delete from vault.secrets as s using rotated as r where s.id = r.previous_secret_ref
  )
  update public.webhook_endpoints as e
  set previous_secret_ref = null, previous_secret_expires_at = null
  from rotated as r
  where e.id = r.id;
  return greatest(v_deliveries, v_events);
end;
$$;
comment on function app.purge_webhooks is
  'Removes expired events, deliveries and secrets; the larger count of a batch.';

-- sql/webhooks/queue_deliveries.sql
-- Queues events for endpoints: one delivery for each pair, which must not have one yet. For an ordered endpoint an
-- event whose entity has earlier events waiting is blocked until they end. Callers hold the endpoints, so that none is
-- removed meanwhile, and the lock of app.lock_webhook_queue.
create or replace function app.queue_deliveries(events app.outbox[], endpoint_ids uuid[])
returns int
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_count int;
begin
  with told as materialized (
    select x.id, x.event_id, x.vendor_id, x.event_type, x.data, p.payload
    from unnest(queue_deliveries.events) as x
    join app.event_payloads(queue_deliveries.events) as p on p.id = x.id
  )
  insert into public.webhook_deliveries (
    id, endpoint_id, vendor_id, event_id, event_type, payload, sequence, entity, status
  )
  select
    extensions.uuid_generate_v5(e.id, o.event_id::text), e.id, e.vendor_id, o.event_id, o.event_type, o.payload, o.id,
    n.entity,
    case
      when n.entity is not null and (
        row_number() over (partition by e.id, n.entity order by o.id) > 1
        or exists (
          select from public.webhook_deliveries as w
          where w.endpoint_id = e.id and w.entity = n.entity and w.status in ('blocked', 'pending', 'retrying')
        )
      ) then 'blocked'
      else 'pending'
    end
  from told as o
  join public.webhook_endpoints as e on e.vendor_id = o.vendor_id and o.event_type = any (e.events)
  cross join lateral (
    select case when e.ordered then app.event_entity(o.event_type, o.data) end as entity
  ) as n
  where e.enabled and e.id = any (queue_deliveries.endpoint_ids)
  order by o.id;
  get diagnostics v_count = row_count;
  return v_count;
end;
$$;
comment on function app.queue_deliveries is
  'Makes the deliveries of events to those of the endpoints that ask for them; how many.';

-- sql/webhooks/read_webhook_secrets.sql
-- The secrets of endpoints, for a worker that meets them for the first time: opening Vault costs more than a claim.
create or replace function app.read_webhook_secrets(endpoint_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(e.id, app.webhook_secrets(e)), '{}')
    from public.webhook_endpoints as e
    where e.id = any (read_webhook_secrets.endpoint_ids)
  );
end;
$$;
comment on function app.read_webhook_secrets is 'Texts of the secrets that sign, by endpoint id, the newest first.';

-- sql/webhooks/record_webhook_attempts.sql
-- Writes down what came of attempts and decides what is next for each delivery and its endpoint. `results` are
-- {id, endpoint_id, is_ordered} as they were claimed and {attempt, started_at, duration_ms, status_code, error,
-- response_body, signature, timestamp, retry_after}; an attempt without error is a success. A result that comes late,
-- after the lease ran out and another worker went on, still counts when it is a success and changes nothing when it is
-- not. What is told of an endpoint that is being removed is left out: it goes with the endpoint, or is sent again.
-- Locks are taken in the order that app.hold_webhook_endpoints tells. The planner is kept to the indexes, since
-- statistics lag behind a queue.
create or replace function app.record_webhook_attempts(results json)
returns void
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
set enable_mergejoin = off
as $$
declare
  v_results app.webhook_result[];
  v_noted uuid[];
  v_is_ordered boolean;
  v_awaited uuid[];
  v_has_past boolean;
  v_endpoint record;
begin
  if json_array_length(record_webhook_attempts.results) = 0 then
    return;
  end if;
  with told as materialized (
    select r.*
    from json_to_recordset(record_webhook_attempts.results) as r (
      id uuid, endpoint_id uuid, is_ordered boolean, attempt int, started_at timestamptz, duration_ms int,
      status_code int, error text, response_body text, signature text, "timestamp" timestamptz, retry_after int
    )
  )
  select
    array_agg(
      row(
        t.id, t.endpoint_id, e.vendor_id, t.is_ordered, t.attempt, t.started_at, t.duration_ms, t.status_code, t.error,
        t.response_body, t.signature, t."timestamp", case when t.status_code in (429, 503) then t.retry_after end,
        case when t.error is not null and t.status_code is distinct from 410 then
          app.webhook_delay(
            t.attempt, e.retries_max, case when t.status_code in (429, 503) then t.retry_after end
          )
        end
      )::app.webhook_result
    ),
    -- The usual case, an endpoint that is well and known to be, needs no note.
    array_agg(distinct e.id) filter (
      where t.error is not null
        or e.failing_since is not null
        or coalesce(e.last_success_at < now() - interval '1 minute', true)
    ),
    bool_or(t.is_ordered)
  into v_results, v_noted, v_is_ordered
  from app.hold_webhook_endpoints(array(select distinct t.endpoint_id from told as t)) as e
  join told as t on t.endpoint_id = e.id;

  if coalesce(cardinality(v_results), 0) < json_array_length(record_webhook_attempts.results) then
    -- What was removed while it was sent takes no more room.
    delete from app.webhook_leases as l
    using json_to_recordset(record_webhook_attempts.results) as r (id uuid, endpoint_id uuid)
    where l.endpoint_id = r.endpoint_id and l.delivery_id = r.id
      and not exists (select from public.webhook_endpoints as e where e.id = r.endpoint_id);
  end if;
  if v_results is null then
    return;
  end if;
  if v_noted is not null then
    perform from public.webhook_endpoints as e where e.id = any (v_noted) order by e.id for no key update;
  end if;
  if v_is_ordered then
    perform app.lock_webhook_queue();
  end if;

  -- Rows are locked in one order, whatever order the results came in. Awaited are those that still wait for this very
  -- attempt.
  with locked as materialized (
    select d.id, d.status, d.attempt, d.last_started_at
    from public.webhook_deliveries as d
    where d.id = any (array(select r.id from unnest(v_results) as r))
    order by d.id
    for no key update
  )
  select array_agg(l.id) filter (where j.is_awaited), bool_or(l.last_started_at is not null or not j.is_awaited)
  into v_awaited, v_has_past
  from locked as l
  join unnest(v_results) as t on t.id = l.id
  cross join lateral (
    select l.status in ('pending', 'retrying') and (t.error is null or l.attempt = t.attempt - 1) as is_awaited
  ) as j;
  if v_has_past then
    insert into public.webhook_attempts (
      delivery_id, vendor_id, attempt, started_at, duration_ms, status_code, error, response_body
    )
    select
      d.id, d.vendor_id, d.attempt, d.last_started_at, d.last_duration_ms, d.last_status_code, d.last_error,
      d.last_response_body
    from public.webhook_deliveries as d
    where d.id = any (v_awaited) and d.last_started_at is not null
    union all
    select t.id, t.vendor_id, t.attempt, t.started_at, t.duration_ms, t.status_code, t.error, t.response_body
    from unnest(v_results) as t
    where t.id <> all (coalesce(v_awaited, '{}'))
      and exists (select from public.webhook_deliveries as d where d.id = t.id);
  end if;
  update public.webhook_deliveries as d
  set status = case when t.error is null then 'delivered' when t.delay is null then 'dead' else 'retrying' end,
      attempt = t.attempt,
      attempts_total = d.attempts_total + 1,
      next_attempt_at = clock_timestamp() + coalesce(t.delay, interval '0'),
      last_error = t.error,
      last_status_code = t.status_code,
      last_response_body = t.response_body,
      last_started_at = t.started_at,
      last_duration_ms = t.duration_ms,
      signature = t.signature,
      "timestamp" = t."timestamp",
      finished_at = case when t.error is null or t.delay is null then clock_timestamp() end
  from unnest(v_results) as t
  where d.id = t.id and t.id = any (v_awaited);
  delete from app.webhook_leases as l
  where l.ctid = any (
    array(
      select x.ctid
      from unnest(v_results) as r
      cross join lateral (
        select w.ctid
        from app.webhook_leases as w
        where w.endpoint_id = r.endpoint_id and w.delivery_id = r.id
        offset 0
      ) as x
    )
  );

  if v_is_ordered then
    perform app.release_blocked_deliveries(
      array(select distinct r.endpoint_id from unnest(v_results) as r where r.is_ordered)
    );
  end if;
  if v_noted is null then
    return;
  end if;
  for v_endpoint in
    select
      r.endpoint_id as id, bool_or(r.error is null) as succeeded,
      bool_or(r.status_code is not distinct from 410) as is_gone, max(r.retry_after) as retry_after
    from unnest(v_results) as r
    where r.endpoint_id = any (v_noted)
    group by r.endpoint_id
  loop
    perform app.note_endpoint_health(
      v_endpoint.id, v_endpoint.succeeded, v_endpoint.is_gone, v_endpoint.retry_after
    );
  end loop;
end;
$$;
comment on function app.record_webhook_attempts is 'Records attempts and moves their deliveries and endpoints on.';

-- sql/webhooks/recover_webhook.sql
-- The door to app.recover_webhook.
create or replace function public.recover_webhook(id uuid, since timestamptz default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.recover_webhook(recover_webhook.id, recover_webhook.since);
$$;
comment on function public.recover_webhook is 'Sends the dead deliveries of a webhook again: {"queued"}. For admins.';
grant execute on function public.recover_webhook to authenticated;

-- sql/webhooks/redeliver_webhook.sql
-- The door to app.redeliver_webhook.
create or replace function public.redeliver_webhook(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.redeliver_webhook(redeliver_webhook.id);
$$;
comment on function public.redeliver_webhook is 'Sends a delivery again, with the same event_id. For admins.';
grant execute on function public.redeliver_webhook to authenticated;

-- sql/webhooks/release_blocked_deliveries.sql
-- Unblocks, of each entity of these ordered endpoints, the first waiting event when nothing before it waits any more.
-- Callers hold the lock of app.lock_webhook_queue.
create or replace function app.release_blocked_deliveries(endpoint_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if cardinality(release_blocked_deliveries.endpoint_ids) = 0 then
    return;
  end if;
  update public.webhook_deliveries as d
  set status = 'pending', next_attempt_at = clock_timestamp()
  from (
    select distinct on (w.endpoint_id, w.entity) w.id, w.status
    from public.webhook_deliveries as w
    where w.endpoint_id = any (release_blocked_deliveries.endpoint_ids)
      and w.entity is not null
      and w.status in ('blocked', 'pending', 'retrying')
    order by w.endpoint_id, w.entity, w.sequence
  ) as head
  where d.id = head.id and head.status = 'blocked'
    and not exists (
      select from public.webhook_deliveries as o
      where o.endpoint_id = d.endpoint_id and o.entity = d.entity and o.status in ('pending', 'retrying')
    );
end;
$$;
comment on function app.release_blocked_deliveries is 'Lets the next event of each entity go when its turn has come.';

-- sql/webhooks/replay_webhook.sql
-- The door to app.replay_webhook.
create or replace function public.replay_webhook(
  id uuid,
  since timestamptz,
  until timestamptz default null,
  events text[] default null,
  missed_only boolean default false
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.replay_webhook(
    replay_webhook.id, replay_webhook.since, replay_webhook.until, replay_webhook.events, replay_webhook.missed_only
  );
$$;
comment on function public.replay_webhook is
  'Sends the events of a time range to a webhook (again): {"queued", "missed", "again"}. For admins.';
grant execute on function public.replay_webhook to authenticated;

-- sql/webhooks/requeue_deliveries.sql
-- Queues ended deliveries again from the first attempt, with the same event ids; those that still wait go at once.
-- Callers hold the lock of their endpoint.
create or replace function app.requeue_deliveries(ids uuid[])
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_count int;
begin
  perform app.lock_webhook_queue();
  perform from public.webhook_deliveries as d where d.id = any (requeue_deliveries.ids) order by d.id for no key update;
  -- Attempts are counted anew: the last one of before takes its place among the others.
  insert into public.webhook_attempts (
    delivery_id, vendor_id, attempt, started_at, duration_ms, status_code, error, response_body
  )
  select
    d.id, d.vendor_id, d.attempt, d.last_started_at, d.last_duration_ms, d.last_status_code, d.last_error,
    d.last_response_body
  from public.webhook_deliveries as d
  where d.id = any (requeue_deliveries.ids) and d.status <> 'blocked' and d.last_started_at is not null;
  update public.webhook_deliveries as d
  set status = case
        when d.entity is not null and exists (
          select from public.webhook_deliveries as w
          where w.endpoint_id = d.endpoint_id and w.entity = d.entity and w.id <> d.id
            and w.status in ('blocked', 'pending', 'retrying')
        ) then 'blocked'
        else 'pending'
      end,
      attempt = 0,
      next_attempt_at = clock_timestamp(),
      last_response_body = null,
      last_started_at = null,
      last_duration_ms = null,
      finished_at = null
  where d.id = any (requeue_deliveries.ids) and d.status <> 'blocked';
  get diagnostics v_count = row_count;
  -- Whoever is sending one of them right now has an attempt of before.
  delete from app.webhook_leases as l
  using public.webhook_deliveries as d
  where d.id = any (requeue_deliveries.ids) and l.endpoint_id = d.endpoint_id and l.delivery_id = d.id;
  -- Several of one entity were looked at side by side: the first of each may go.
  perform app.block_followers(requeue_deliveries.ids);
  return v_count;
end;
$$;
comment on function app.requeue_deliveries is 'Queues deliveries again; how many.';

-- sql/webhooks/rotate_webhook_secret.sql
-- The door to app.rotate_webhook_secret.
create or replace function public.rotate_webhook_secret(id uuid, overlap_hours int default 24, secret text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.rotate_webhook_secret(
    rotate_webhook_secret.id, rotate_webhook_secret.overlap_hours, rotate_webhook_secret.secret
  );
$$;
comment on function public.rotate_webhook_secret is
  'Gives a webhook a new secret, told this once; the old one signs as well for overlap_hours. For admins.';
grant execute on function public.rotate_webhook_secret to authenticated;

-- sql/webhooks/store_webhook_secret.sql
-- Puts an endpoint's secret into Vault, the given one or a new one of 32 random bytes; problem 400 for a malformed one.
create or replace function app.store_webhook_secret(given text, out secret_ref uuid, out secret text)
returns record
language plpgsql
volatile
set search_path = ''
as $$
begin
  if given is not null and given !~ '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/secret', 'invalid_format', 'must be whsec_ and 24 to 64 bytes in base64'))
    );
  end if;
  secret := coalesce(given, 'whsec_' || encode(extensions.gen_random_bytes(32), 'base64'));
  secret_ref := vault.create_secret(secret, null, 'Signs the requests to a webhook endpoint.');
end;
$$;
comment on function app.store_webhook_secret is 'Stores a webhook secret in Vault; its reference and text.';

-- sql/webhooks/sync_webhook_queue.sql
-- Keeps app.webhook_queue to the deliveries that wait, whoever changes them. Definer, because the queue is closed to
-- clients. The planner is kept to looks by key: it believes a queue to be empty that just was.
create or replace function app.sync_webhook_queue()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
set enable_seqscan = off
as $$
begin
  if tg_op <> 'INSERT' then
    delete from app.webhook_queue as q
    where q.ctid = any (
      array(
        select w.ctid
        from old_rows as o
        cross join lateral (
          select x.ctid
          from app.webhook_queue as x
          where x.endpoint_id = o.endpoint_id
            and x.next_attempt_at = o.next_attempt_at
            and x.sequence = o.sequence
            and x.delivery_id = o.id
          offset 0
        ) as w
        where o.status in ('pending', 'retrying')
      )
    );
  end if;
  if tg_op <> 'DELETE' then
    insert into app.webhook_queue (endpoint_id, next_attempt_at, sequence, delivery_id)
    select n.endpoint_id, n.next_attempt_at, n.sequence, n.id
    from new_rows as n
    where n.status in ('pending', 'retrying');
  end if;
  return null;
end;
$$;
comment on function app.sync_webhook_queue is
  'After-statement trigger of webhook_deliveries: puts those that wait into the queue, and takes others out.';

create trigger sync_webhook_queue_insert_trigger
after insert on public.webhook_deliveries
referencing new table as new_rows
for each statement execute function app.sync_webhook_queue();
create trigger sync_webhook_queue_update_trigger
after update on public.webhook_deliveries
referencing old table as old_rows new table as new_rows
for each statement execute function app.sync_webhook_queue();
create trigger sync_webhook_queue_delete_trigger
after delete on public.webhook_deliveries
referencing old table as old_rows
for each statement execute function app.sync_webhook_queue();

-- sql/webhooks/test_webhook.sql
-- The door to app.test_webhook.
create or replace function public.test_webhook(id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.test_webhook(test_webhook.id);
$$;
comment on function public.test_webhook is 'Sends the event webhook.test to one webhook; the delivery. For admins.';
grant execute on function public.test_webhook to authenticated;

-- sql/webhooks/update_webhook.sql
-- The door to app.update_webhook.
create or replace function public.update_webhook(id uuid, patch jsonb)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_webhook(update_webhook.id, update_webhook.patch);
$$;
comment on function public.update_webhook is
  'Changes url, events, description, retries_max, tolerance_sec, ordered or enabled of a webhook. For admins.';
grant execute on function public.update_webhook to authenticated;

-- sql/webhooks/webhook_attempts.sql
-- Requests for a delivery that another has followed, and what came back; the last one stands in the delivery itself.
create table public.webhook_attempts (
  id bigint generated always as identity,
  delivery_id uuid not null,
  vendor_id uuid not null,
  attempt int not null,
  started_at timestamptz not null,
  duration_ms int not null,
  status_code int,
  error text,
  response_body text,
  constraint webhook_attempts_pkey primary key (delivery_id, id),
  constraint delivery_exists foreign key (delivery_id) references public.webhook_deliveries (id) on delete cascade,
  constraint response_body_is_kept_to_4_kib check (octet_length(response_body) <= 12288)
);
comment on table public.webhook_attempts is
  'Earlier requests for deliveries; the last one stands with the delivery. Admins of the vendor read them.';
comment on column public.webhook_attempts.id is 'Names the attempt; rises with time.';
comment on column public.webhook_attempts.delivery_id is 'The delivery it belongs to.';
comment on column public.webhook_attempts.vendor_id is 'Whose it is.';
comment on column public.webhook_attempts.attempt is 'The how-manieth it was since the delivery was last queued.';
comment on column public.webhook_attempts.started_at is 'When the request began.';
comment on column public.webhook_attempts.duration_ms is 'How long it took.';
comment on column public.webhook_attempts.status_code is 'HTTP status of the answer; null where none came.';
comment on column public.webhook_attempts.error is 'Why it failed; null for a success.';
comment on column public.webhook_attempts.response_body is 'The first 4 KiB of the answer''s body, as text.';

alter table public.webhook_attempts enable row level security;
alter table public.webhook_attempts force row level security;
create policy "admins read the attempts of their vendor" on public.webhook_attempts
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
grant select on public.webhook_attempts to authenticated, service_role;

-- sql/webhooks/webhook_delay.sql
-- How long to wait after a failed attempt (1 = the first) before the next one, jitter included; null when that was the
-- last. A receiver's Retry-After makes the wait longer, never shorter, and a day at most.
create or replace function app.webhook_delay(
  attempt int,
  retries_max int,
  retry_after_seconds int default null,
  luck double precision default random()
)
returns interval
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_settings app.webhook_settings;
  v_seconds double precision;
begin
  select s.* into strict v_settings from app.webhook_settings as s;
  if webhook_delay.attempt > least(webhook_delay.retries_max, cardinality(v_settings.schedule_seconds) - 1) then
    return null;
  end if;
  v_seconds := v_settings.schedule_seconds[webhook_delay.attempt + 1]
    * (1 + v_settings.jitter * (2 * webhook_delay.luck - 1));
  return make_interval(secs => greatest(v_seconds, least(coalesce(webhook_delay.retry_after_seconds, 0), 86400)));
end;
$$;
comment on function app.webhook_delay is 'Wait before the attempt after this one; null when there is none.';

-- sql/webhooks/webhook_delivery_attempts.sql
-- All attempts that were made for a delivery: those of before, and the last one, which stands in the delivery itself.
create or replace function app.webhook_delivery_attempts(delivery public.webhook_deliveries)
returns setof public.webhook_attempts
language plpgsql
stable
set search_path = ''
as $$
begin
  return query
  select a.* from public.webhook_attempts as a where a.delivery_id = delivery.id;
  if delivery.last_started_at is not null then
    return query
    select
      null::bigint, delivery.id, delivery.vendor_id, delivery.attempt, delivery.last_started_at,
      delivery.last_duration_ms, delivery.last_status_code, delivery.last_error, delivery.last_response_body;
  end if;
end;
$$;
comment on function app.webhook_delivery_attempts is 'The attempts of a delivery; the last one has no id.';
grant execute on function app.webhook_delivery_attempts to authenticated, service_role;

-- sql/webhooks/webhook_delivery_json.sql
-- A delivery as the API shows it, with its attempts, the latest first; their answers' bodies only on request.
create or replace function app.webhook_delivery_json(
  delivery public.webhook_deliveries,
  with_bodies boolean default false
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_jsonb(delivery)
    - '{vendor_id, sequence, next_attempt_at, last_response_body, last_started_at, last_duration_ms}'::text[]
    || jsonb_build_object(
      'next_attempt_at', case
        when delivery.status in ('pending', 'retrying') then to_jsonb(delivery.next_attempt_at)
      end,
      'attempts', coalesce(
        (
          select jsonb_agg(
            jsonb_build_object(
              'attempt', a.attempt, 'started_at', a.started_at, 'duration_ms', a.duration_ms,
              'status_code', a.status_code, 'error', a.error
            ) || case when with_bodies then jsonb_build_object('response_body', a.response_body) else '{}' end
            order by a.started_at desc, a.id desc
          )
          from (
            select x.* from app.webhook_delivery_attempts(delivery) as x order by x.started_at desc, x.id desc limit 50
          ) as a
        ),
        '[]'
      )
    );
end;
$$;
comment on function app.webhook_delivery_json is 'A delivery with up to 50 attempts, the latest first.';
grant execute on function app.webhook_delivery_json to authenticated, service_role;

-- sql/webhooks/webhook_json.sql
-- An endpoint as the API shows it; never with a secret.
create or replace function app.webhook_json(endpoint public.webhook_endpoints)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_jsonb(endpoint) - '{vendor_id, secret_ref, previous_secret_ref}'::text[];
end;
$$;
comment on function app.webhook_json is 'An endpoint without its secrets.';
grant execute on function app.webhook_json to authenticated, service_role;

-- sql/webhooks/webhook_leases.sql
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

-- sql/webhooks/webhook_result.sql
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

-- sql/webhooks/webhook_secrets.sql
-- The secrets that sign an endpoint's requests: the present one first, then the one before while their overlap lasts.
create or replace function app.webhook_secrets(endpoint public.webhook_endpoints)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(s.decrypted_secret order by (s.id = endpoint.secret_ref) desc)
    from vault.decrypted_secrets as s
    where s.id = endpoint.secret_ref
      or (s.id = endpoint.previous_secret_ref and endpoint.previous_secret_expires_at > clock_timestamp())
  );
end;
$$;
comment on function app.webhook_secrets is 'Texts of the secrets that sign for an endpoint, the newest first.';

-- sql/webhooks/webhook_secrets_key.sql
-- Names the set of secrets that sign for an endpoint right now, without reading them: another name, other secrets.
create or replace function app.webhook_secrets_key(endpoint public.webhook_endpoints)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return concat_ws(
    ' ', endpoint.secret_ref,
    case when endpoint.previous_secret_expires_at > clock_timestamp() then endpoint.previous_secret_ref end
  );
end;
$$;
comment on function app.webhook_secrets_key is 'Changes whenever the secrets that sign for an endpoint do.';

-- sql/webhooks/webhook_settings.sql
-- How deliveries are made, for the whole platform; one row, changed with an update.
create table app.webhook_settings (
  singleton boolean not null default true,
  schedule_seconds int[] not null default '{0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400}',
  jitter numeric(3, 2) not null default 0.20,
  timeout_seconds int not null default 15,
  lease_seconds int not null default 60,
  endpoint_concurrency int not null default 32,
  endpoint_leases int not null default 128,
  vendor_concurrency int not null default 256,
  failing_concurrency int not null default 16,
  disable_after interval not null default interval '5 days',
  keep_for interval not null default interval '30 days',
  constraint webhook_settings_pkey primary key (singleton),
  constraint webhook_settings_is_one_row check (singleton),
  constraint schedule_has_attempts check (
    cardinality(schedule_seconds) between 1 and 50 and 0 <= all (schedule_seconds)
  ),
  constraint jitter_is_a_share check (jitter between 0 and 0.9),
  constraint lease_outlasts_timeout check (timeout_seconds between 1 and 60 and lease_seconds >= timeout_seconds + 10),
  constraint concurrencies_are_positive check (
    endpoint_concurrency > 0 and vendor_concurrency > 0 and failing_concurrency > 0
  ),
  constraint leases_cover_what_is_under_way check (endpoint_leases >= endpoint_concurrency)
);
comment on table app.webhook_settings is 'Retry schedule, limits and retention of webhook deliveries; one row.';
comment on column app.webhook_settings.schedule_seconds is
  'Wait before each attempt, the first included; an endpoint''s retries_max can cut it short.';
comment on column app.webhook_settings.jitter is 'Each wait is longer or shorter by up to this share.';
comment on column app.webhook_settings.timeout_seconds is 'How long one attempt may take in all.';
comment on column app.webhook_settings.lease_seconds is
  'How long a claimed delivery is its worker''s; after it, it is delivered again.';
comment on column app.webhook_settings.endpoint_concurrency is
  'Attempts under way at once to a healthy endpoint, from each worker process.';
comment on column app.webhook_settings.endpoint_leases is
  'Deliveries that all workers hold at once for an endpoint that answers well, under way or about to be.';
comment on column app.webhook_settings.vendor_concurrency is
  'Deliveries that workers hold at once for one vendor, under way or about to be.';
comment on column app.webhook_settings.failing_concurrency is
  'Attempts under way at once to all failing endpoints together; each of them gets one.';
comment on column app.webhook_settings.disable_after is 'An endpoint that fails for so long is switched off.';
comment on column app.webhook_settings.keep_for is 'How long events, ended deliveries and attempts are kept.';
alter table app.webhook_settings enable row level security;
alter table app.webhook_settings force row level security;

insert into app.webhook_settings (singleton) values (true) on conflict on constraint webhook_settings_pkey do nothing;
