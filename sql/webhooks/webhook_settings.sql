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
