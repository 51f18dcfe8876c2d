-- Service clients (orchestrators, agents): Appwrite users that are no people of a vendor but may call a service.
-- What they may do stands here and nowhere else; Appwrite prefs are user-writable and never trusted.
create table public.app_clients (
  appwrite_user_id text not null,
  name text not null,
  permissions text[] not null default '{}',
  active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint app_clients_pkey primary key (appwrite_user_id),
  constraint appwrite_user_id_is_not_blank check (btrim(appwrite_user_id) <> ''),
  constraint name_is_not_blank check (btrim(name) <> ''),
  constraint permissions_are_known check (permissions <@ array['super_id:generate', 'super_id:read'])
);
comment on table public.app_clients is 'Service clients and their permissions. A client reads itself.';
comment on column public.app_clients.appwrite_user_id is 'The id in Appwrite under which the client signs in.';
comment on column public.app_clients.name is 'What the client is called in logs and records.';
comment on column public.app_clients.permissions is 'Of super_id:generate, super_id:read.';
comment on column public.app_clients.active is 'False shuts the client out at once.';
comment on column public.app_clients.created_at is 'When the client was registered.';
comment on column public.app_clients.updated_at is 'When its row last changed.';

create trigger touch_updated_at_trigger
before update on public.app_clients
for each row execute function app.touch_updated_at();

alter table public.app_clients enable row level security;
alter table public.app_clients force row level security;
create policy "clients read themselves" on public.app_clients
for select to authenticated
using (appwrite_user_id = (select app.current_claims()) ->> 'appwrite_user_id');
grant select on public.app_clients to authenticated, service_role;
