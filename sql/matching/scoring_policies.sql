-- How a vendor weighs what makes a match: one row a vendor; vendor_id null = the platform's, used where a vendor has
-- none. Weights count relative to each other; docs/matching.md gives the formula.
create table public.scoring_policies (
  id uuid primary key default gen_random_uuid(),
  vendor_id uuid references public.vendors (id) on delete cascade,
  weights jsonb not null,
  unknown_allergens text not null default 'exclude',
  active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint scoring_policies_one_per_scope unique nulls not distinct (vendor_id),
  constraint weights_are_an_object check (jsonb_typeof(weights) = 'object'),
  constraint unknown_allergens_is_exclude_or_warn check (unknown_allergens in ('exclude', 'warn')),
  constraint version_counts_from_one check (version >= 1)
);

comment on table public.scoring_policies is
  'Scoring policies: the platform''s, and each vendor''s own. Change through put_scoring_policy.';
comment on column public.scoring_policies.id is 'Identity.';
comment on column public.scoring_policies.vendor_id is 'The vendor whose own it is; null for the platform''s.';
comment on column public.scoring_policies.weights is
  'preference_fit, budget_fit and recency: numbers from 0 to 100, not all 0.';
comment on column public.scoring_policies.unknown_allergens is
  'exclude: a product whose allergens are not fully known is not shown to somebody who avoids one; warn: it is ranked '
  'and says so.';
comment on column public.scoring_policies.active is 'false: as if the vendor had none.';
comment on column public.scoring_policies.version is 'Moves with every change.';
comment on column public.scoring_policies.created_at is 'When it was first stored.';
comment on column public.scoring_policies.updated_at is 'When it last changed.';

alter table public.scoring_policies enable row level security;
alter table public.scoring_policies force row level security;

create policy "admins read the platform's policy and their own" on public.scoring_policies
for select to authenticated
using (
  (vendor_id is null or vendor_id = (select app.current_vendor_id())) and (select app.has_role('vendor_admin'))
);
grant select on public.scoring_policies to authenticated, service_role;

insert into public.scoring_policies (vendor_id, weights, unknown_allergens)
values (null, '{"preference_fit": 0.3, "budget_fit": 0.6, "recency": 0.1}', 'exclude')
on conflict do nothing;
