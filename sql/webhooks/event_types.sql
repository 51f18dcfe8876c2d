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
