-- How much of each limit is used. Unlogged: a bucket that only such rows change commits without waiting for the disk,
-- and after a crash of the database everyone begins a new window, which is the whole harm. Half-empty pages keep the
-- updates of a hot bucket within its page.
create unlogged table app.rate_limit_buckets (
  name text not null,
  subject text not null,
  window_started_at timestamptz not null,
  used int not null,
  last_write_at timestamptz,
  constraint rate_limit_buckets_pkey primary key (name, subject),
  constraint used_is_never_negative check (used >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
comment on table app.rate_limit_buckets is
  'One row for each user, vendor and ingesting vendor seen lately. Lost in a crash.';
comment on column app.rate_limit_buckets.name is 'The policy it counts for.';
comment on column app.rate_limit_buckets.subject is
  'An Appwrite user id, `client:<subject>` of an issuer, or a vendor id.';
comment on column app.rate_limit_buckets.window_started_at is 'When the first request of the present window came.';
comment on column app.rate_limit_buckets.used is 'Requests let through in this window.';
comment on column app.rate_limit_buckets.last_write_at is
  'When a request that may write was last let through; of users alone, for reads from replicas.';
alter table app.rate_limit_buckets enable row level security;
alter table app.rate_limit_buckets force row level security;
