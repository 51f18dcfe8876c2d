-- Holds every active rule against what is measured now and moves its alerts: new ones begin pending, those that hold
-- long enough fire, firing ones that no longer hold are resolved, pending ones that pass are forgotten. One statement
-- reads, three write; the rules bound it. Each alert that fires or is resolved is one line in the database's log. Of
-- two callers at the same time one evaluates, the other returns at once. Called by the schedule once a minute.
create or replace function app.evaluate_alerts(at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_changed public.alerts[];
  v_alert public.alerts;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.evaluate_alerts', 0)) then
    return 0;
  end if;
  with holding as materialized (
    select r.code, coalesce(m.subject, '') as subject, r.severity, r.threshold, r.for_minutes, m.value
    from public.alert_rules as r
    join app.alert_measures() as m on m.metric = r.metric and (r.subject is null or m.subject = r.subject)
    where r.active and case r.comparison
      when '>' then m.value > r.threshold
      when '>=' then m.value >= r.threshold
      when '<' then m.value < r.threshold
      when '<=' then m.value <= r.threshold
    end
  ),
  passed as (
    delete from public.alerts as a
    where a.status = 'pending'
      and not exists (select from holding as h where (h.code, h.subject) = (a.rule_code, a.subject))
  ),
  resolved as (
    update public.alerts as a
    set status = 'resolved', resolved_at = evaluate_alerts.at, updated_at = evaluate_alerts.at
    where a.status = 'firing'
      and not exists (select from holding as h where (h.code, h.subject) = (a.rule_code, a.subject))
    returning a
  ),
  continued as (
    update public.alerts as a
    set
      status = case
        when a.started_at <= evaluate_alerts.at - make_interval(mins => h.for_minutes) then 'firing' else a.status
      end,
      fired_at = case
        when a.started_at <= evaluate_alerts.at - make_interval(mins => h.for_minutes)
          then coalesce(a.fired_at, evaluate_alerts.at)
        else a.fired_at
      end,
      value = h.value,
      threshold = h.threshold,
      severity = h.severity,
      updated_at = evaluate_alerts.at
    from holding as h
    where (a.rule_code, a.subject) = (h.code, h.subject) and a.status <> 'resolved'
    returning a
  ),
  begun as (
    insert into public.alerts (
      rule_code, subject, status, severity, value, threshold, started_at, fired_at, updated_at
    )
    select
      h.code, h.subject, case when h.for_minutes = 0 then 'firing' else 'pending' end, h.severity, h.value,
      h.threshold, evaluate_alerts.at, case when h.for_minutes = 0 then evaluate_alerts.at end, evaluate_alerts.at
    from holding as h
    where not exists (
      select from public.alerts as a
      where (a.rule_code, a.subject) = (h.code, h.subject) and a.status <> 'resolved'
    )
    returning alerts
  )
  select array_agg(c.a order by (c.a).rule_code, (c.a).subject) into v_changed
  from (
    select a from resolved
    union all
    select a from continued where (a).fired_at = evaluate_alerts.at and (a).status = 'firing'
    union all
    select alerts from begun where (alerts).status = 'firing'
  ) as c (a);
  foreach v_alert in array coalesce(v_changed, '{}') loop
    perform app.log_alert(v_alert);
  end loop;
  return coalesce(cardinality(v_changed), 0);
end;
$$;
comment on function app.evaluate_alerts is
  'Evaluates the alert rules; returns how many alerts fired or were resolved. For the schedule.';
