-- The upper bounds of the latency histogram's buckets in milliseconds; one more bucket holds what took longer. They
-- hold the targets of the service levels (150, 200, 300, 500), so that each can be told from the histogram exactly. The
-- functions count by the same list (functions/_shared/metrics/latency_bounds.ts).
create or replace function app.latency_bounds_ms()
returns int[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select array[5, 10, 25, 50, 100, 150, 200, 300, 500, 1000, 2500, 5000, 10000];
$$;
comment on function app.latency_bounds_ms is
  'Upper bounds of the latency buckets in milliseconds, but for the last one, which has none.';
