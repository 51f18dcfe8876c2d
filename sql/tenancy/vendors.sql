-- The tenants. Everything a vendor owns carries its id; its partitions are made by app.create_vendor_partitions.
create table public.vendors (
  id uuid not null default gen_random_uuid(),
  code text not null,
  name text not null,
  status text not null default 'active',
  settings_json jsonb not null default '{}',
  catalog_version bigint not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint vendors_pkey primary key (id),
  constraint vendor_code_is_unique unique (code),
  constraint code_is_a_slug check (code ~ '^[a-z0-9][a-z0-9_-]{1,62}$'),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint status_is_active_or_suspended check (status in ('active', 'suspended')),
  constraint settings_json_is_an_object check (jsonb_typeof(settings_json) = 'object'),
  constraint catalog_version_never_negative check (catalog_version >= 0)
);
comment on table public.vendors is 'Tenants of the platform. Made by create_vendor; members read their own.';
comment on column public.vendors.id is
  'Names the vendor everywhere, and is the namespace of its products'' and customers'' ids.';
comment on column public.vendors.code is 'Short unique name for people and commands, for example "demo".';
comment on column public.vendors.name is 'The name shown to people.';
comment on column public.vendors.status is 'active, or suspended: then no member gets in.';
comment on column public.vendors.settings_json is 'Settings of this vendor that differ from the platform''s.';
comment on column public.vendors.catalog_version is
  'Moves once for each committed change set of the catalogue; caches are keyed by it.';
comment on column public.vendors.created_at is 'When the vendor was made.';
comment on column public.vendors.updated_at is 'When its own data last changed; catalog_version does not move it.';

create trigger touch_updated_at_trigger
before update of code, name, status, settings_json on public.vendors
for each row execute function app.touch_updated_at();

alter table public.vendors enable row level security;
alter table public.vendors force row level security;
create policy "members read their own vendors, superadmins all" on public.vendors
for select to authenticated
using (id = any ((select app.member_vendor_ids())::uuid[]) or (select app.is_platform_admin()));
grant select on public.vendors to authenticated, service_role;
