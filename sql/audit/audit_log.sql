-- Who did what, to what, from where, and why: kept six years, a partition a month. Rows are only ever added: triggers
-- refuse update, delete and truncate to everybody, on the parent and on every partition. Writers add rows and wait for
-- nobody; a sealer numbers and hashes them behind their backs into app.audit_seals, which makes a change show.
create table public.audit_log (
  id bigint generated always as identity,
  "timestamp" timestamptz not null default clock_timestamp(),
  actor_user_id uuid,
  actor_client_id text,
  actor_role text not null,
  vendor_id uuid,
  action text not null,
  entity text not null,
  entity_id text,
  before jsonb,
  after jsonb,
  ip inet,
  ua text,
  request_id text,
  justification text,
  xact xid8 not null default pg_current_xact_id(),
  constraint audit_log_pkey primary key (id, "timestamp"),
  constraint action_is_noun_dot_verb check (action ~ '^[a-z_]+\.[a-z_]+$')
) partition by range ("timestamp");
create index audit_log_vendor_id_idx on public.audit_log (vendor_id, "timestamp", id);
create index audit_log_entity_id_idx on public.audit_log (entity_id, "timestamp") where entity_id is not null;
create index audit_log_xact_idx on public.audit_log (xact, id);
comment on table public.audit_log is
  'The audit log. Admins read their vendor''s rows, superadmins those of the platform; nobody changes any.';
comment on column public.audit_log.id is 'Names the row; grows, though not strictly in the order of commits.';
comment on column public.audit_log."timestamp" is 'When it happened.';
comment on column public.audit_log.actor_user_id is
  'users.id of who did it; null for service clients and the platform.';
comment on column public.audit_log.actor_client_id is
  'Appwrite id of the caller, or the name of a service client; null for the platform.';
comment on column public.audit_log.actor_role is
  'Their role then: vendor_viewer to vendor_admin, superadmin, client, service (the platform), or unknown.';
comment on column public.audit_log.vendor_id is 'Whose data it is about; null for what concerns the platform.';
comment on column public.audit_log.action is 'What was done, such as health.read, member.updated, break_glass.opened.';
comment on column public.audit_log.entity is 'The kind of thing it was done to, such as customer.';
comment on column public.audit_log.entity_id is 'Which one; null where it is no single thing.';
comment on column public.audit_log.before is 'What was there, as far as it changed; null for reads and additions.';
comment on column public.audit_log.after is 'What is there now, as far as it changed; null for reads and removals.';
comment on column public.audit_log.ip is 'Address the request came from; null outside a request.';
comment on column public.audit_log.ua is 'User agent of the request, at most 400 characters.';
comment on column public.audit_log.request_id is 'X-Request-Id of the request.';
comment on column public.audit_log.justification is 'The reason given; always there inside a break-glass session.';
comment on column public.audit_log.xact is 'The transaction that wrote it: the order in which rows are sealed.';

create trigger refuse_change_trigger
before update or delete or truncate on public.audit_log
for each statement execute function app.refuse_change();
-- Always: not even a session that replays a replication stream gets by.
alter table public.audit_log enable always trigger refuse_change_trigger;

alter table public.audit_log enable row level security;
alter table public.audit_log force row level security;
create policy "admins read their vendor's rows" on public.audit_log
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
create policy "superadmins read the platform's rows" on public.audit_log
for select to authenticated
using (vendor_id is null and (select app.is_platform_admin()));
grant select on public.audit_log to authenticated, service_role;
