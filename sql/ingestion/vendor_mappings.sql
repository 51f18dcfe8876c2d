-- How one vendor's files name things, beyond what the synonyms know. Every change is a new version; the highest counts,
-- so that a finished job can still be explained.
create table if not exists public.vendor_mappings (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  mode text not null,
  map jsonb not null,
  version int not null default 1,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint vendor_mappings_pkey primary key (id),
  constraint one_map_per_version unique (vendor_id, mode, version),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint mode_is_known check (mode in ('products', 'customers')),
  constraint map_is_an_object check (jsonb_typeof(map) = 'object')
);
comment on table public.vendor_mappings is
  'Header to field, per vendor and mode, in versions. Members read their vendor''s.';
comment on column public.vendor_mappings.id is 'Names the version.';
comment on column public.vendor_mappings.vendor_id is 'Whose files it is for.';
comment on column public.vendor_mappings.mode is 'products or customers.';
comment on column public.vendor_mappings.map is
  'Header to {"field", "ops"}, a list of those, or null for a column to leave out.';
comment on column public.vendor_mappings.version is 'Counts up from 1; the highest is in force.';
comment on column public.vendor_mappings.created_by is 'The member who saved it.';
comment on column public.vendor_mappings.created_at is 'When it was saved.';
comment on column public.vendor_mappings.updated_at is 'The same, since a version never changes.';

alter table public.vendor_mappings enable row level security;
alter table public.vendor_mappings force row level security;
create policy "members read the mappings of their vendor" on public.vendor_mappings
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_viewer')));
grant select on public.vendor_mappings to authenticated, service_role;
