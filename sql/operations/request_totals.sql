-- The same figures since the beginning, a row for each kind of request: counters that never go back, whatever retention
-- removes of the minutes.
create table app.request_totals (
  service text not null,
  route text not null,
  method text not null,
  status int not null,
  count bigint not null,
  sum_ms double precision not null,
  buckets bigint[] not null,
  constraint request_totals_pkey primary key (service, route, method, status),
  constraint buckets_are_complete check (cardinality(buckets) = 14)
) with (fillfactor = 50);
comment on table app.request_totals is 'Requests by service, route, method and status since the beginning.';
comment on column app.request_totals.count is 'How many there were; never goes back.';
comment on column app.request_totals.sum_ms is 'Milliseconds they took together; never goes back.';
comment on column app.request_totals.buckets is 'As in app.request_metrics; never go back.';
alter table app.request_totals enable row level security;
alter table app.request_totals force row level security;
