-- Alerts, newest first, each with what its rule says. An invoker: row level security is the second lock.
create or replace function public.list_alerts(
  status text default null,
  severity text default null,
  rule text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_scope text;
  v_after jsonb;
  v_alerts public.alerts[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_alerts.status, '{pending, firing, resolved}');
  perform app.check_choice('severity', list_alerts.severity, '{warning, critical}');
  v_scope := concat_ws('/', 'alerts', app.current_subject(), app.fingerprint(
    jsonb_build_array(list_alerts.status, list_alerts.severity, list_alerts.rule)
  ));
  v_after := app.decode_cursor(v_scope, list_alerts.cursor);
  select array_agg(page.a order by (page.a).started_at desc, (page.a).id desc) into v_alerts
  from (
    select a
    from public.alerts as a
    where (list_alerts.status is null or a.status = list_alerts.status)
      and (list_alerts.severity is null or a.severity = list_alerts.severity)
      and (list_alerts.rule is null or a.rule_code = list_alerts.rule)
      and (
        v_after is null
        or (a.started_at, a.id) < ((v_after ->> 'started_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by a.started_at desc, a.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (
        select jsonb_agg(
          to_jsonb(a) || jsonb_build_object(
            'metric', r.metric, 'comparison', r.comparison, 'summary', r.summary,
            'runbook', 'docs/operations/' || r.runbook || '.md'
          )
          order by a.started_at desc, a.id desc
        )
        from unnest(v_alerts[:page_limit]) as a
        join public.alert_rules as r on r.code = a.rule_code
      ),
      '[]'
    ),
    'next_cursor', case when cardinality(v_alerts) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'started_at', v_alerts[page_limit].started_at, 'id', v_alerts[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_alerts is
  'Alerts by time, newest first, as {"data", "next_cursor"}; for superadmins and the service key.';
grant execute on function public.list_alerts to authenticated, service_role;
