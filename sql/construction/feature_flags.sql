-- Rollouts by share of the services: a flag is on for the micro uuids whose bucket lies below its percentage. Raising
-- the percentage adds services and takes none away.
create table public.feature_flags (
  flag text not null,
  description text not null default '',
  enabled boolean not null default true,
  percentage numeric(5, 2) not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint feature_flags_pkey primary key (flag),
  constraint flag_has_its_form check (flag ~ '^[a-z][a-z0-9_]{0,63}$'),
  constraint percentage_is_a_percentage check (percentage between 0 and 100)
);
comment on table public.feature_flags is 'Percentage rollouts. Superadmins read them; set_feature_flag writes them.';
comment on column public.feature_flags.flag is 'Names the feature; part of the hash, so flags are drawn independently.';
comment on column public.feature_flags.description is 'What it turns on.';
comment on column public.feature_flags.enabled is 'False turns it off for all, whatever the percentage.';
comment on column public.feature_flags.percentage is 'Share of the services it is on for, with two decimals.';
comment on column public.feature_flags.created_at is 'Since when it is known.';
comment on column public.feature_flags.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.feature_flags
for each row execute function app.touch_updated_at();

alter table public.feature_flags enable row level security;
alter table public.feature_flags force row level security;
create policy "superadmins read the flags" on public.feature_flags
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.feature_flags to authenticated;
grant select, insert, update, delete on public.feature_flags to service_role;
