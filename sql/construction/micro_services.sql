-- What can be ordered: kinds of construction work in three levels (category, subcategory, service). The platform's own
-- data, the same for everybody; services are switched off rather than removed, since jobs name them.
create table public.micro_services (
  id uuid not null,
  slug text not null,
  name text not null,
  category text not null,
  subcategory text not null,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint micro_services_pkey primary key (id),
  constraint micro_services_slug_is_unique unique (slug),
  constraint slug_has_its_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) <= 80),
  constraint category_has_its_form check (category ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint subcategory_has_its_form check (subcategory ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint id_belongs_to_slug check (id = app.micro_service_uuid(slug)),
  constraint name_is_not_blank check (btrim(name) <> '')
);
create index micro_services_category_idx on public.micro_services (category, subcategory, slug);
comment on table public.micro_services is
  'Kinds of construction work. Everybody signed in reads them; migrations write them.';
comment on column public.micro_services.id is 'Follows from the slug (uuid version 5).';
comment on column public.micro_services.slug is 'The name that programs and jobs use; never changes.';
comment on column public.micro_services.name is 'The name for people, in English.';
comment on column public.micro_services.category is 'First level, such as painting.';
comment on column public.micro_services.subcategory is 'Second level, such as interior.';
comment on column public.micro_services.active is 'False for what is no longer offered; its jobs stay.';
comment on column public.micro_services.created_at is 'Since when it is known.';
comment on column public.micro_services.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.micro_services
for each row execute function app.touch_updated_at();

alter table public.micro_services enable row level security;
alter table public.micro_services force row level security;
create policy "everybody signed in reads the services" on public.micro_services
for select to authenticated
using (true);
grant select on public.micro_services to authenticated;
grant select, insert, update on public.micro_services to service_role;
