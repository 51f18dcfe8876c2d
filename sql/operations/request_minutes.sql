-- The requests of clients in each of the last minutes, the running one last; empty minutes as zeros. The worker's own
-- calls are left out: its schedule makes them, and some stay open on purpose.
create or replace function app.request_minutes(most int default 60)
returns table (minute timestamptz, count bigint, errors bigint, p50_ms numeric, p95_ms numeric)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_last timestamptz := date_trunc('minute', now(), 'UTC');
  v_first timestamptz := v_last - make_interval(mins => request_minutes.most - 1);
begin
  return query
  select
    g.minute, coalesce(c.count, 0), coalesce(c.errors, 0), app.histogram_quantile(c.buckets, 0.5),
    app.histogram_quantile(c.buckets, 0.95)
  from generate_series(v_first, v_last, interval '1 minute') as g (minute)
  left join (
    select
      m.minute, sum(m.count)::bigint as count, (sum(m.count) filter (where m.status >= 500))::bigint as errors,
      app.sum_buckets(m.buckets) as buckets
    from app.request_metrics as m
    where m.minute between v_first and v_last and m.service <> 'worker'
    group by m.minute
  ) as c on c.minute = g.minute
  order by g.minute;
end;
$$;
comment on function app.request_minutes is
  'Requests of clients a minute: count, server errors, median and 95th percentile in ms (null in an empty minute).';
