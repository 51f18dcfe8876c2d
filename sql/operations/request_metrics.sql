-- How requests fared, a row for each minute and kind of request: what dashboards and alerts look back on. Written in
-- batches by the functions (app.record_request_metrics); nothing in it names a person, a vendor or a path as sent.
create table app.request_metrics (
  minute timestamptz not null,
  service text not null,
  route text not null,
  method text not null,
  status int not null,
  count bigint not null,
  sum_ms double precision not null,
  buckets bigint[] not null,
  constraint request_metrics_pkey primary key (minute, service, route, method, status),
  constraint minute_is_whole check (minute = date_trunc('minute', minute, 'UTC')),
  constraint buckets_are_complete check (cardinality(buckets) = 14)
) with (fillfactor = 70);
comment on table app.request_metrics is 'Requests by minute, service, route, method and status.';
comment on column app.request_metrics.minute is 'The minute in which they were answered.';
comment on column app.request_metrics.service is 'The function that answered.';
comment on column app.request_metrics.route is
  'The route''s template, such as /api/v1/jobs/{id}; unmatched where no route took the path.';
comment on column app.request_metrics.method is 'The method, or OTHER for one that no route takes.';
comment on column app.request_metrics.status is 'The HTTP status of the answer.';
comment on column app.request_metrics.count is 'How many there were.';
comment on column app.request_metrics.sum_ms is 'Milliseconds they took together.';
comment on column app.request_metrics.buckets is
  'How many fell into each bucket of app.latency_bounds_ms(); the last one counts what took longer.';
alter table app.request_metrics enable row level security;
alter table app.request_metrics force row level security;
