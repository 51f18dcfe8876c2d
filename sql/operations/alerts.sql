-- What the rules found: an alert is pending while its condition holds but not long enough yet, then firing, then
-- resolved. One that passes before it fires leaves nothing. At most one alert of a rule and subject is open.
create table public.alerts (
  id uuid not null default gen_random_uuid(),
  rule_code text not null,
  subject text not null default '',
  status text not null,
  severity text not null,
  value numeric not null,
  threshold numeric not null,
  started_at timestamptz not null default now(),
  fired_at timestamptz,
  resolved_at timestamptz,
  updated_at timestamptz not null default now(),
  constraint alerts_pkey primary key (id),
  constraint rule_exists foreign key (rule_code) references public.alert_rules (code) on delete cascade,
  constraint alert_status_is_valid check (status in ('pending', 'firing', 'resolved')),
  constraint a_fired_alert_says_when check ((status = 'pending') = (fired_at is null)),
  constraint a_resolved_alert_says_when check ((status = 'resolved') = (resolved_at is not null))
);
create unique index alerts_one_open_idx on public.alerts (rule_code, subject) where status <> 'resolved';
create index alerts_rule_code_idx on public.alerts (rule_code);
create index alerts_started_at_idx on public.alerts (started_at desc, id desc);
comment on table public.alerts is 'Alerts, open and past. Superadmins read them; app.evaluate_alerts writes them.';
comment on column public.alerts.id is 'Names the alert.';
comment on column public.alerts.rule_code is 'The rule that made it.';
comment on column public.alerts.subject is 'What it is about, such as a queue; empty for the whole platform.';
comment on column public.alerts.status is 'pending, firing or resolved.';
comment on column public.alerts.severity is 'The rule''s severity, as it was when the alert was last evaluated.';
comment on column public.alerts.value is 'The last value at which the condition held.';
comment on column public.alerts.threshold is 'The threshold it was held against.';
comment on column public.alerts.started_at is 'When the condition was first seen to hold.';
comment on column public.alerts.fired_at is 'When it had held long enough; null while pending.';
comment on column public.alerts.resolved_at is 'When it no longer held; null until then.';
comment on column public.alerts.updated_at is 'When it was last evaluated.';

alter table public.alerts enable row level security;
alter table public.alerts force row level security;
create policy "superadmins read the alerts" on public.alerts
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.alerts to authenticated, service_role;
