-- The registry of superadmins. Being in it gives no access to any vendor's data; that takes a break-glass session.
create table public.platform_admins (
  user_id uuid not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  constraint platform_admins_pkey primary key (user_id),
  constraint user_exists foreign key (user_id) references public.users (id) on delete cascade,
  constraint creator_exists foreign key (created_by) references public.users (id) on delete set null
);
create index platform_admins_created_by_idx on public.platform_admins (created_by);
comment on table public.platform_admins is 'Superadmins of the platform. A superadmin reads the registry; nobody else.';
comment on column public.platform_admins.user_id is 'The superadmin.';
comment on column public.platform_admins.created_at is 'Since when.';
comment on column public.platform_admins.created_by is
  'Who made them one; null when the operator did it in the database.';

alter table public.platform_admins enable row level security;
alter table public.platform_admins force row level security;
create policy "superadmins read the registry" on public.platform_admins
for select to authenticated
using ((select app.is_platform_admin()));
grant select on public.platform_admins to authenticated, service_role;
