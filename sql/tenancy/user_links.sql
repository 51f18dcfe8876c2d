-- Who belongs to which vendor, and as what. The only source of roles; superadmins stand in platform_admins instead.
create table public.user_links (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  vendor_id uuid not null,
  role text not null,
  status text not null default 'active',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint user_links_pkey primary key (id),
  constraint one_membership_per_user_and_vendor unique (user_id, vendor_id),
  constraint user_exists foreign key (user_id) references public.users (id) on delete cascade,
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint role_is_a_vendor_role check (role in ('vendor_viewer', 'vendor_operator', 'vendor_admin')),
  constraint status_is_valid check (status in ('active', 'invited', 'suspended'))
);
create index user_links_vendor_id_idx on public.user_links (vendor_id);
comment on table public.user_links is 'Memberships and roles. People read their own; admins those of their vendor.';
comment on column public.user_links.id is 'Names the membership.';
comment on column public.user_links.user_id is 'The person.';
comment on column public.user_links.vendor_id is 'The vendor they belong to.';
comment on column public.user_links.role is
  'vendor_viewer, vendor_operator or vendor_admin; each includes the ones before it.';
comment on column public.user_links.status is 'Only active counts; invited and suspended open nothing.';
comment on column public.user_links.created_at is 'When the membership was made.';
comment on column public.user_links.updated_at is 'When role or status last changed.';

create trigger touch_updated_at_trigger
before update on public.user_links
for each row execute function app.touch_updated_at();

alter table public.user_links enable row level security;
alter table public.user_links force row level security;
create policy "people read their own memberships, admins those of their vendor" on public.user_links
for select to authenticated
using (
  user_id = (select app.current_user_id())
  or (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')))
);
grant select on public.user_links to authenticated, service_role;
