-- All that GET /v1/metrics serves, in one round trip: {requests: [{service, route, method, status, count, sum_ms,
-- buckets}], gauges: [{name, labels, value}]}. For the functions, connected as the owner.
create or replace function app.read_metrics()
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.refresh_table_sizes();
  return jsonb_build_object(
    'requests', (
      select coalesce(jsonb_agg(to_jsonb(t) order by t.service, t.route, t.method, t.status), '[]')
      from app.request_totals as t
    ),
    'gauges', (select jsonb_agg(to_jsonb(s) order by s.name, s.labels) from app.metric_samples() as s)
  );
end;
$$;
comment on function app.read_metrics is 'Requests since the beginning and every gauge, for the metrics endpoint.';
