-- What is worth waking somebody for: each rule holds a measure of app.alert_measures against a threshold. Kept as data,
-- so that a threshold is changed by an update and not by a release.
create table public.alert_rules (
  code text not null,
  metric text not null,
  subject text,
  comparison text not null,
  threshold numeric not null,
  for_minutes int not null default 0,
  severity text not null,
  summary text not null,
  runbook text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint alert_rules_pkey primary key (code),
  constraint code_has_its_form check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint metric_has_its_form check (metric ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint comparison_is_known check (comparison in ('>', '>=', '<', '<=')),
  constraint severity_is_known check (severity in ('warning', 'critical')),
  constraint for_minutes_is_within_a_day check (for_minutes between 0 and 1440),
  constraint runbook_is_a_slug check (runbook ~ '^[a-z][a-z0-9_]{0,62}$')
);
comment on table public.alert_rules is
  'Rules that make alerts. Superadmins read them; the platform changes threshold, for_minutes, severity and active.';
comment on column public.alert_rules.code is 'Names the rule.';
comment on column public.alert_rules.metric is 'The measure it looks at, of app.alert_measures.';
comment on column public.alert_rules.subject is
  'The one subject it looks at, such as a queue; null: each subject of the measure by itself.';
comment on column public.alert_rules.comparison is 'The alert is on while `value comparison threshold` holds.';
comment on column public.alert_rules.threshold is 'What the value is compared with, in the unit of the measure.';
comment on column public.alert_rules.for_minutes is 'How long it must hold before the alert fires.';
comment on column public.alert_rules.severity is 'warning: within the working day; critical: now.';
comment on column public.alert_rules.summary is 'What it means, in a sentence.';
comment on column public.alert_rules.runbook is 'What to do: the page docs/operations/<runbook>.md.';
comment on column public.alert_rules.active is 'Whether it is evaluated at all.';
comment on column public.alert_rules.created_at is 'When the rule was made.';
comment on column public.alert_rules.updated_at is 'When anything of it last changed.';

create trigger touch_updated_at_trigger
before update on public.alert_rules
for each row execute function app.touch_updated_at();

alter table public.alert_rules enable row level security;
alter table public.alert_rules force row level security;
create policy "superadmins read the rules" on public.alert_rules
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.alert_rules to authenticated, service_role;
grant update (threshold, for_minutes, severity, active) on public.alert_rules to service_role;
