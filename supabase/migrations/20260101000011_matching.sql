-- Generated from sql/matching/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/matching/diet_rules.sql
-- What a condition asks of a diet, as data: one rule a condition. vendor_id null = the platform's template, with its
-- published sources; a vendor's own row takes its place whole. The condition `general` holds for everybody.
-- app.combine_diet_rules makes one set of limits of the rules of a customer; docs/health.md tells the policy's shape.
create table public.diet_rules (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  condition_code text not null,
  policy jsonb not null,
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint diet_rules_one_per_condition_and_scope unique nulls not distinct (vendor_id, condition_code),
  constraint condition_code_is_snake_case check (condition_code ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint policy_is_an_object check (jsonb_typeof(policy) = 'object'),
  constraint version_counts_from_one check (version >= 1)
);

comment on table public.diet_rules is
  'Diet rules by condition: the platform''s templates and each vendor''s own, which take their place.';
comment on column public.diet_rules.id is 'Identity.';
comment on column public.diet_rules.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.diet_rules.condition_code is
  'The condition, by the code of the dictionary of conditions; general holds for everybody.';
comment on column public.diet_rules.policy is
  'ceilings, floors, hard rules and bonuses, each with its source; docs/health.md.';
comment on column public.diet_rules.active is
  'false: the rule is not applied. A vendor''s inactive rule also switches off the platform''s.';
comment on column public.diet_rules.version is 'Moves with every change of policy or active.';
comment on column public.diet_rules.created_at is 'When it was added.';
comment on column public.diet_rules.updated_at is 'When it last changed.';

alter table public.diet_rules enable row level security;
alter table public.diet_rules force row level security;

create policy "admins read the platform's rules and their own" on public.diet_rules
for select to authenticated
using (
  (vendor_id is null or vendor_id = (select app.current_vendor_id())) and (select app.has_role('vendor_admin'))
);
grant select on public.diet_rules to authenticated, service_role;

-- sql/matching/seed_diet_rule.sql
-- Sets the platform's template of one condition. Used by sql/matching/seeds; a template that is the same stays, one
-- that says something else becomes the next version.
create or replace function app.seed_diet_rule(condition_code text, policy jsonb)
returns void
language sql
volatile
set search_path = ''
as $$
  insert into public.diet_rules as r (condition_code, policy)
  values (seed_diet_rule.condition_code, seed_diet_rule.policy)
  on conflict (vendor_id, condition_code) do update
  set policy = excluded.policy
  where r.policy <> excluded.policy;
$$;

comment on function app.seed_diet_rule is 'Sets the platform''s diet rule of a condition; for migrations.';
