-- Adds a batch of what a function counted in one statement: [{minute, service, route, method, status, count, sum_ms,
-- buckets}], no kind twice in a minute. Rows are taken in one order, so that functions that write at the same time
-- never wait for each other in a ring; the commit does not wait for the disk, a crash may cost the last moments. For
-- the functions, connected as the owner.
create or replace function app.record_request_metrics(samples jsonb)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_written int;
begin
  perform set_config('synchronous_commit', 'off', true);
  insert into app.request_metrics as m (minute, service, route, method, status, count, sum_ms, buckets)
  select s.minute, s.service, s.route, s.method, s.status, s.count, s.sum_ms, s.buckets
  from jsonb_to_recordset(record_request_metrics.samples) as s (
    minute timestamptz, service text, route text, method text, status int, count bigint, sum_ms double precision,
    buckets bigint[]
  )
  order by s.minute, s.service, s.route, s.method, s.status
  on conflict on constraint request_metrics_pkey do update
  set count = m.count + excluded.count,
      sum_ms = m.sum_ms + excluded.sum_ms,
      buckets = app.add_buckets(m.buckets, excluded.buckets);
  get diagnostics v_written = row_count;

  insert into app.request_totals as t (service, route, method, status, count, sum_ms, buckets)
  select s.service, s.route, s.method, s.status, sum(s.count), sum(s.sum_ms), app.sum_buckets(s.buckets)
  from jsonb_to_recordset(record_request_metrics.samples) as s (
    service text, route text, method text, status int, count bigint, sum_ms double precision, buckets bigint[]
  )
  group by s.service, s.route, s.method, s.status
  order by s.service, s.route, s.method, s.status
  on conflict on constraint request_totals_pkey do update
  set count = t.count + excluded.count,
      sum_ms = t.sum_ms + excluded.sum_ms,
      buckets = app.add_buckets(t.buckets, excluded.buckets);
  return v_written;
end;
$$;
comment on function app.record_request_metrics is 'Adds a batch of counted requests; returns how many kinds it held.';
