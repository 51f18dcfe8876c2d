-- The platform's limits, as data: how many requests in how many seconds. A vendor's own numbers stand in its
-- settings_json.rate_limits ({"vendor": 6000}) and win over the quota here; the window is the platform's for all.
create table app.rate_limit_policies (
  name text not null,
  quota int not null,
  window_seconds int not null,
  constraint rate_limit_policies_pkey primary key (name),
  constraint name_is_known check (name in ('user', 'vendor', 'ingest')),
  constraint quota_is_positive check (quota > 0),
  constraint window_is_at_most_an_hour check (window_seconds between 1 and 3600)
);
comment on table app.rate_limit_policies is 'Default limits of the platform; the operator changes them with an update.';
comment on column app.rate_limit_policies.name is
  'user: one person or service client; vendor: all its members together; ingest: new ingestion jobs of a vendor.';
comment on column app.rate_limit_policies.quota is 'Requests in one window.';
comment on column app.rate_limit_policies.window_seconds is 'Length of the window that a first request opens.';
alter table app.rate_limit_policies enable row level security;
alter table app.rate_limit_policies force row level security;

insert into app.rate_limit_policies (name, quota, window_seconds)
values ('user', 60, 60), ('vendor', 600, 60), ('ingest', 6, 60)
on conflict on constraint rate_limit_policies_pkey do nothing;
