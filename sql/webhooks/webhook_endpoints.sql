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
