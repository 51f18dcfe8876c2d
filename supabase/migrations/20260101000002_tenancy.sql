-- Generated from sql/tenancy/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/tenancy/role_rank.sql
-- The order of the roles within a vendor. Null for anything that is not one.
create or replace function app.role_rank(role text)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return array_position(array['vendor_viewer', 'vendor_operator', 'vendor_admin'], role_rank.role);
end;
$$;
comment on function app.role_rank is '1 vendor_viewer, 2 vendor_operator, 3 vendor_admin, else null.';
grant execute on function app.role_rank to authenticated, service_role;

-- sql/tenancy/is_platform_admin.sql
-- Whether the caller is in the registry of superadmins now, whatever an older token says.
-- Definer, so that policies may ask without reading the registry themselves; answers about the caller only.
create or replace function app.is_platform_admin()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return exists (select from public.platform_admins as a where a.user_id = app.current_user_id());
end;
$$;
comment on function app.is_platform_admin is 'True when the caller is a superadmin of the platform.';
grant execute on function app.is_platform_admin to authenticated, service_role;

-- sql/tenancy/has_role.sql
-- Whether the caller has at least this role. vendor_* means: in the vendor of this request. A superadmin has none
-- there, except while a break-glass session of theirs for that vendor is open; then they count as its admin.
create or replace function app.has_role(minimum text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_role text := v_claims ->> 'app_role';
begin
  if minimum = 'superadmin' then
    return app.is_platform_admin();
  end if;
  if nullif(v_claims ->> 'vendor_id', '') is null then
    return false;
  end if;
  if v_role = 'superadmin' and app.is_break_glass_open() then
    v_role := 'vendor_admin';
  end if;
  return coalesce(app.role_rank(v_role) >= app.role_rank(minimum), false);
end;
$$;
comment on function app.has_role is
  'True when the caller''s role reaches the minimum: vendor_viewer, vendor_operator, vendor_admin or superadmin.';
grant execute on function app.has_role to authenticated, service_role;

-- sql/tenancy/has_permission.sql
-- Whether the caller, a service client, has a permission: from app_clients, or from the claims where a configured
-- issuer vouches for them (claim `permissions`). The service key has all. Definer, so that it may read app_clients;
-- answers about the caller only.
create or replace function app.has_permission(permission text)
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return app.is_service()
    or coalesce(v_claims -> 'permissions' ? permission, false)
    or permission = any (app.client_permissions(v_claims ->> 'appwrite_user_id'));
end;
$$;
comment on function app.has_permission is 'True when the calling service client has the permission.';
grant execute on function app.has_permission to authenticated, service_role;

-- sql/tenancy/member_vendor_ids.sql
-- The vendors the caller may see: every active membership, and the vendor of a break-glass session.
-- Definer, because the policies of vendors and user_links would otherwise ask each other; answers about the caller
-- only.
create or replace function app.member_vendor_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  return array(
    select l.vendor_id
    from public.user_links as l
    where l.user_id = app.current_user_id() and l.status = 'active'
    union
    select app.current_vendor_id() where app.current_vendor_id() is not null
  );
end;
$$;
comment on function app.member_vendor_ids is 'Ids of the vendors the caller belongs to.';
grant execute on function app.member_vendor_ids to authenticated, service_role;

-- sql/tenancy/administered_user_ids.sql
-- The people an admin may see: everyone linked to the vendor of this request, except those who have not accepted their
-- invitation (else inviting a stranger would tell their address). Empty for all other callers.
-- Definer for the same reason as member_vendor_ids.
create or replace function app.administered_user_ids()
returns uuid[]
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if not app.has_role('vendor_admin') then
    return '{}';
  end if;
  return array(
    select l.user_id
    from public.user_links as l
    where l.vendor_id = app.current_vendor_id() and l.status <> 'invited'
  );
end;
$$;
comment on function app.administered_user_ids is
  'Ids of the users linked to the caller''s vendor, when the caller is its admin.';
grant execute on function app.administered_user_ids to authenticated, service_role;

-- sql/tenancy/vendors.sql
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

-- sql/tenancy/users.sql
-- People, as far as this database needs them: Appwrite keeps the identity, this row its shadow under a uuid of our
-- own (auth.uid() wants a uuid, and an Appwrite id is not one).
create table public.users (
  id uuid not null default gen_random_uuid(),
  appwrite_user_id text not null,
  email text,
  display_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_pkey primary key (id),
  constraint appwrite_user_id_is_unique unique (appwrite_user_id),
  constraint appwrite_user_id_is_not_blank check (btrim(appwrite_user_id) <> '')
);
comment on table public.users is
  'Shadows of Appwrite users. People read themselves; admins the people of their vendor.';
comment on column public.users.id is 'Our own id; the sub of access tokens.';
comment on column public.users.appwrite_user_id is 'The id of the user in Appwrite.';
comment on column public.users.email is 'Null where Appwrite knows none (telephone or anonymous sign-up).';
comment on column public.users.display_name is 'Null until the person has told one.';
comment on column public.users.created_at is 'When the person was first seen.';
comment on column public.users.updated_at is 'When email or name last changed.';

create trigger touch_updated_at_trigger
before update on public.users
for each row execute function app.touch_updated_at();

alter table public.users enable row level security;
alter table public.users force row level security;
create policy "people read themselves, admins the people of their vendor" on public.users
for select to authenticated
using (id = (select app.current_user_id()) or id = any ((select app.administered_user_ids())::uuid[]));
grant select on public.users to authenticated, service_role;

-- sql/tenancy/user_links.sql
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

-- sql/tenancy/platform_admins.sql
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

-- sql/tenancy/app_clients.sql
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

-- sql/tenancy/partitioned_tables.sql
-- The tables that every vendor gets partitions of. A domain registers its table beside it:
--   insert into app.partitioned_tables (table_name, modulus) values ('products', 16) on conflict do nothing;
create table app.partitioned_tables (
  table_name text not null,
  modulus int not null,
  hash_column text not null default 'id',
  columns_without_statistics text[] not null default '{}',
  constraint partitioned_tables_pkey primary key (table_name),
  constraint modulus_is_sensible check (modulus between 1 and 64)
);
comment on table app.partitioned_tables is
  'Tables in public that are LIST partitioned by vendor_id and then HASH partitioned for each vendor.';
comment on column app.partitioned_tables.modulus is
  'How many hash leaves each vendor gets. Fixed once a vendor has them.';
comment on column app.partitioned_tables.hash_column is 'The column the leaves are hashed by.';
comment on column app.partitioned_tables.columns_without_statistics is
  'Wide columns nobody filters by: ANALYZE skips them in the leaves.';
alter table app.partitioned_tables enable row level security;
alter table app.partitioned_tables force row level security;

-- sql/tenancy/accept_invitation.sql
-- Makes an invitation a membership. Named by Appwrite id and called as the owner, since who was only invited gets no
-- claims yet. Problem 404 when nobody invited them there.
create or replace function app.accept_invitation(appwrite_user_id text, vendor_id uuid)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link public.user_links;
begin
  update public.user_links as l
  set status = 'active'
  from public.users as u
  where u.appwrite_user_id = accept_invitation.appwrite_user_id
    and l.user_id = u.id
    and l.vendor_id = accept_invitation.vendor_id
    and l.status = 'invited'
  returning l.* into v_link;
  if v_link.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no open invitation of yours into this vendor.');
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.accept_invitation is
  'Turns the user''s open invitation into an active membership; problem 404.';

-- sql/tenancy/accept_own_invitation.sql
-- Accepts an invitation of the caller, whoever they are here: the Appwrite id is that of their proven token, never an
-- argument. Definer, because app.accept_invitation is the owner's.
create or replace function app.accept_own_invitation(vendor_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  return app.accept_invitation(app.current_claims() ->> 'appwrite_user_id', accept_own_invitation.vendor_id);
end;
$$;
comment on function app.accept_own_invitation is
  'Turns the caller''s open invitation into an active membership; problem 404.';
grant execute on function app.accept_own_invitation to authenticated;

-- sql/tenancy/app_close_break_glass.sql
-- Ends open break-glass sessions of the calling superadmin. Definer, because nobody may write the table.
create or replace function app.close_break_glass(id uuid)
returns int
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_session public.break_glass_sessions;
  v_closed int := 0;
begin
  if app.current_user_id() is null then
    perform app.require_platform();
  end if;
  for v_session in
    update public.break_glass_sessions as s
    set closed_at = clock_timestamp()
    where s.user_id = app.current_user_id()
      and s.closed_at is null
      and s.expires_at > clock_timestamp()
      and (close_break_glass.id is null or s.id = close_break_glass.id)
    returning s.*
  loop
    v_closed := v_closed + 1;
    perform app.write_audit(
      action => 'break_glass.closed',
      entity => 'break_glass_session',
      entity_id => v_session.id::text,
      justification => v_session.justification,
      vendor_id => v_session.vendor_id
    );
  end loop;
  if v_closed = 0 and close_break_glass.id is not null then
    perform app.raise_problem(404, 'not-found', 'You have no such open break-glass session.');
  end if;
  return v_closed;
end;
$$;
comment on function app.close_break_glass is
  'Ends one open session of the caller, or all; problem 404. Returns how many.';
grant execute on function app.close_break_glass to authenticated;

-- sql/tenancy/app_create_app_client.sql
-- Registers a service client. Definer, because nobody may write app_clients; superadmins and the service key only.
create or replace function app.create_app_client(appwrite_user_id text, name text, permissions text[])
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_client public.app_clients;
begin
  perform app.require_platform();
  if coalesce(create_app_client.appwrite_user_id, '') !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' then
    perform app.raise_problem(
      400, 'invalid-input', 'The service client cannot be registered like this.',
      '[{"pointer": "/appwrite_user_id", "code": "invalid", "detail": "The id of an Appwrite user."}]'
    );
  end if;
  perform app.check_app_client_input(
    coalesce(create_app_client.name, ''), coalesce(create_app_client.permissions, '{}')
  );
  insert into public.app_clients (appwrite_user_id, name, permissions)
  values (
    create_app_client.appwrite_user_id, btrim(create_app_client.name), coalesce(create_app_client.permissions, '{}')
  )
  on conflict (appwrite_user_id) do nothing
  returning * into v_client;
  if v_client.appwrite_user_id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'This Appwrite user is a service client already.',
      errors => '[{"pointer": "/appwrite_user_id", "code": "taken", "detail": "A service client has this id."}]',
      hint => 'Change it instead.'
    );
  end if;
  return to_jsonb(v_client);
end;
$$;
comment on function app.create_app_client is 'Registers a service client; problems 400, 403 and 409 already-exists.';
grant execute on function app.create_app_client to authenticated, service_role;

-- sql/tenancy/app_create_vendor.sql
-- Makes a vendor and its partitions. Definer, because it makes tables; superadmins and the service key only.
create or replace function app.create_vendor(code text, name text, settings jsonb default '{}')
returns public.vendors
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_errors jsonb;
  v_vendor public.vendors;
begin
  perform app.require_platform();
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/code', '2 to 63 of a-z, 0-9, _ and -, beginning with a letter or digit.',
        create_vendor.code ~ '^[a-z0-9][a-z0-9_-]{1,62}$'
      ),
      ('/name', 'Not blank.', btrim(create_vendor.name) <> ''),
      ('/settings', 'A JSON object.', jsonb_typeof(create_vendor.settings) = 'object')
  ) as e (pointer, detail, holds)
  where e.holds is not true;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The vendor cannot be made from this.', v_errors);
  end if;
  perform app.check_vendor_settings(create_vendor.settings);

  insert into public.vendors (code, name, settings_json)
  values (create_vendor.code, btrim(create_vendor.name), create_vendor.settings)
  on conflict (code) do nothing
  returning * into v_vendor;
  if v_vendor.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'vendor-exists',
      detail => format('There is a vendor with the code %s already.', create_vendor.code),
      errors => '[{"pointer": "/code", "code": "taken", "detail": "Another vendor has this code."}]',
      hint => 'Choose another code.'
    );
  end if;
  perform app.create_vendor_partitions(v_vendor.id);
  return v_vendor;
end;
$$;
comment on function app.create_vendor is 'Makes a vendor and its partitions; problems 400, 403 and 409 vendor-exists.';
grant execute on function app.create_vendor to authenticated, service_role;

-- sql/tenancy/app_delete_app_client.sql
-- Removes a service client; the super ids it was given stay on record. Definer, because nobody may write app_clients;
-- superadmins and the service key only.
create or replace function app.delete_app_client(appwrite_user_id text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.get_app_client(delete_app_client.appwrite_user_id);
  delete from public.app_clients as c where c.appwrite_user_id = delete_app_client.appwrite_user_id;
end;
$$;
comment on function app.delete_app_client is 'Removes a service client; problems 403 and 404.';
grant execute on function app.delete_app_client to authenticated, service_role;

-- sql/tenancy/app_get_app_client.sql
-- One service client. Definer, because a client reads only itself; superadmins and the service key only.
create or replace function app.get_app_client(appwrite_user_id text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_client public.app_clients;
begin
  perform app.require_platform();
  select c.* into v_client
  from public.app_clients as c
  where c.appwrite_user_id = get_app_client.appwrite_user_id;
  if v_client.appwrite_user_id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such service client.');
  end if;
  return to_jsonb(v_client);
end;
$$;
comment on function app.get_app_client is 'A service client; problems 403 and 404.';
grant execute on function app.get_app_client to authenticated, service_role;

-- sql/tenancy/app_invite_member.sql
-- Invites an Appwrite user into the caller's vendor. They come in when they accept: joining unasked would make their
-- requests to their own vendor ambiguous. Somebody who is known keeps their own email and name. Definer, because it
-- writes users and user_links.
create or replace function app.invite_member(appwrite_user_id text, role text, email text, display_name text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_user_id uuid;
  v_link public.user_links;
begin
  if invite_member.appwrite_user_id is null
    or invite_member.appwrite_user_id !~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$' then
    perform app.raise_problem(
      400, 'invalid-input', 'The member cannot be invited like this.',
      '[{"pointer": "/appwrite_user_id", "code": "invalid", "detail": "The id of an Appwrite user."}]'
    );
  end if;
  perform app.check_member_input(coalesce(invite_member.role, ''));
  insert into public.users (appwrite_user_id, email, display_name)
  values (invite_member.appwrite_user_id, invite_member.email, invite_member.display_name)
  on conflict (appwrite_user_id) do nothing;
  select u.id into strict v_user_id from public.users as u where u.appwrite_user_id = invite_member.appwrite_user_id;
  perform app.refuse_own_membership(v_user_id);

  insert into public.user_links as l (user_id, vendor_id, role, status)
  values (v_user_id, v_vendor_id, invite_member.role, 'invited')
  on conflict (user_id, vendor_id) do update set role = excluded.role
  where l.status = 'invited'
  returning l.* into v_link;
  if v_link.id is null then
    perform app.raise_problem(
      status => 409,
      type => 'already-exists',
      detail => 'They are a member of your vendor already.',
      errors => '[{"pointer": "/appwrite_user_id", "code": "taken", "detail": "A member has this id."}]',
      hint => 'Change role or status of the member instead.'
    );
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.invite_member is
  'Invites a user, or changes the role in an open invitation; problems 400, 403, 409.';
grant execute on function app.invite_member to authenticated;

-- sql/tenancy/app_list_app_clients.sql
-- Service clients by their Appwrite id, a page at a time. Definer, because a client reads only itself; superadmins and
-- the service key only.
create or replace function app.list_app_clients(active boolean, cursor text, page_limit int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_scope text := concat_ws('/', 'app-clients', app.current_subject(), coalesce(list_app_clients.active::text, '-'));
  v_after text;
  v_clients public.app_clients[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  v_after := app.decode_cursor(v_scope, list_app_clients.cursor) ->> 'appwrite_user_id';
  select array_agg(page.c order by (page.c).appwrite_user_id) into v_clients
  from (
    select c
    from public.app_clients as c
    where (list_app_clients.active is null or c.active = list_app_clients.active)
      and (v_after is null or c.appwrite_user_id > v_after)
    order by c.appwrite_user_id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(to_jsonb(c) order by c.appwrite_user_id) from unnest(v_clients[:page_limit]) as c), '[]'
    ),
    'next_cursor', case when cardinality(v_clients) > page_limit then
      app.encode_cursor(v_scope, jsonb_build_object('appwrite_user_id', v_clients[page_limit].appwrite_user_id))
    end
  );
end;
$$;
comment on function app.list_app_clients is 'Service clients as {"data", "next_cursor"}; problem 403 for others.';
grant execute on function app.list_app_clients to authenticated, service_role;

-- sql/tenancy/app_list_members.sql
-- The memberships of the caller's vendor. Definer, because invited people's own rows are closed to its admins.
create or replace function app.list_members(role text, status text, cursor text, page_limit int)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_scope text := concat_ws(
    '/', v_vendor_id, 'members', app.fingerprint(jsonb_build_array(list_members.role, list_members.status))
  );
  v_after jsonb := app.decode_cursor(v_scope, list_members.cursor);
  v_links public.user_links[];
begin
  perform app.check_page_limit(page_limit);
  perform app.check_choice('role', list_members.role, '{vendor_viewer, vendor_operator, vendor_admin}');
  perform app.check_choice('status', list_members.status, '{active, invited, suspended}');
  select array_agg(page.l order by (page.l).created_at, (page.l).id) into v_links
  from (
    select l
    from public.user_links as l
    where l.vendor_id = v_vendor_id
      and (list_members.role is null or l.role = list_members.role)
      and (list_members.status is null or l.status = list_members.status)
      and (
        v_after is null
        or (l.created_at, l.id) > ((v_after ->> 'created_at')::timestamptz, (v_after ->> 'id')::uuid)
      )
    order by l.created_at, l.id
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(app.member_json(l) order by l.created_at, l.id) from unnest(v_links[:page_limit]) as l), '[]'
    ),
    'next_cursor', case when cardinality(v_links) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'created_at', v_links[page_limit].created_at, 'id', v_links[page_limit].id
    )) end
  );
end;
$$;
comment on function app.list_members is 'Members of the caller''s vendor, oldest first; for its admins.';
grant execute on function app.list_members to authenticated;

-- sql/tenancy/app_list_memberships.sql
-- The vendors that the bearer of a proven token belongs to or is invited into, whether or not the request names one.
-- Definer, because a caller without a vendor sees no vendors; answers about the caller only.
create or replace function app.list_memberships()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_appwrite_user_id text := app.current_claims() ->> 'appwrite_user_id';
begin
  return jsonb_build_object('data', (
    select coalesce(
      jsonb_agg(
        jsonb_build_object(
          'vendor_id', v.id, 'vendor_code', v.code, 'vendor_name', v.name, 'role', l.role, 'status', l.status
        )
        order by v.code
      ),
      '[]'
    )
    from public.users as u
    join public.user_links as l on l.user_id = u.id
    join public.vendors as v on v.id = l.vendor_id
    where u.appwrite_user_id = v_appwrite_user_id and l.status in ('active', 'invited')
  ));
end;
$$;
comment on function app.list_memberships is 'Memberships and open invitations of the caller: {data}.';
grant execute on function app.list_memberships to authenticated;

-- sql/tenancy/app_open_break_glass.sql
-- Opens a break-glass session of the calling superadmin. Definer, because nobody may write the table.
create or replace function app.open_break_glass(vendor_id uuid, justification text, minutes int)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid := app.current_user_id();
  v_errors jsonb;
  v_session public.break_glass_sessions;
begin
  if not app.is_platform_admin() then
    perform app.require_platform();
    perform app.raise_problem(403, 'insufficient-role', 'Break-glass is for a superadmin in person.');
  end if;
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      ('/justification', '10 to 2000 characters.', length(btrim(open_break_glass.justification)) between 10 and 2000),
      ('/minutes', '1 to 60.', open_break_glass.minutes between 1 and 60)
  ) as e (pointer, detail, holds)
  where e.holds is not true;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The session cannot be opened like this.', v_errors);
  end if;
  if not exists (select from public.vendors as v where v.id = open_break_glass.vendor_id) then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;

  insert into public.break_glass_sessions (user_id, vendor_id, justification, expires_at)
  values (
    v_user_id, open_break_glass.vendor_id, btrim(open_break_glass.justification),
    now() + make_interval(mins => open_break_glass.minutes)
  )
  returning * into v_session;
  perform app.write_audit(
    action => 'break_glass.opened',
    entity => 'break_glass_session',
    entity_id => v_session.id::text,
    after => jsonb_build_object('expires_at', v_session.expires_at),
    justification => v_session.justification,
    vendor_id => v_session.vendor_id
  );
  return to_jsonb(v_session);
end;
$$;
comment on function app.open_break_glass is 'Opens a break-glass session; problems 400, 403, 404.';
grant execute on function app.open_break_glass to authenticated;

-- sql/tenancy/app_remove_member.sql
-- Ends a membership, or withdraws an invitation. Definer, because it writes user_links.
create or replace function app.remove_member(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_link public.user_links := app.lock_member(v_vendor_id, remove_member.id);
begin
  perform app.require_another_admin(v_link);
  delete from public.user_links as l where l.id = v_link.id;
end;
$$;
comment on function app.remove_member is 'Removes a member of the caller''s vendor; problems 403, 404, 409 last-admin.';
grant execute on function app.remove_member to authenticated;

-- sql/tenancy/app_update_app_client.sql
-- Changes name, permissions or activity of a service client; null leaves a value as it is. What is taken away is gone
-- from the next request on. Definer, because nobody may write app_clients; superadmins and the service key only.
create or replace function app.update_app_client(
  appwrite_user_id text,
  name text,
  permissions text[],
  active boolean
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform app.require_platform();
  perform app.check_app_client_input(update_app_client.name, update_app_client.permissions);
  update public.app_clients as c
  set name = coalesce(btrim(update_app_client.name), c.name),
      permissions = coalesce(update_app_client.permissions, c.permissions),
      active = coalesce(update_app_client.active, c.active)
  where c.appwrite_user_id = update_app_client.appwrite_user_id
    and (c.name, c.permissions, c.active) is distinct from (
      coalesce(btrim(update_app_client.name), c.name),
      coalesce(update_app_client.permissions, c.permissions),
      coalesce(update_app_client.active, c.active)
    );
  return app.get_app_client(update_app_client.appwrite_user_id);
end;
$$;
comment on function app.update_app_client is 'Changes a service client; problems 400, 403 and 404.';
grant execute on function app.update_app_client to authenticated, service_role;

-- sql/tenancy/app_update_member.sql
-- Changes role or status of a member of the caller's vendor. Definer, because it writes user_links.
create or replace function app.update_member(id uuid, role text, status text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.require_vendor('vendor_admin');
  v_link public.user_links;
begin
  perform app.check_member_input(update_member.role, update_member.status);
  v_link := app.lock_member(v_vendor_id, update_member.id);
  perform app.refuse_own_membership(v_link.user_id);
  if v_link.status = 'invited' and update_member.status is not null then
    perform app.raise_problem(
      status => 409,
      type => 'conflict',
      detail => 'They have not accepted the invitation yet.',
      hint => 'Only they can accept it; remove the member to withdraw it.'
    );
  end if;
  if coalesce(update_member.role, v_link.role) <> 'vendor_admin' or update_member.status = 'suspended' then
    perform app.require_another_admin(v_link);
  end if;
  update public.user_links as l
  set role = coalesce(update_member.role, l.role),
      status = coalesce(update_member.status, l.status)
  where l.id = v_link.id
    and (l.role, l.status) is distinct from
      (coalesce(update_member.role, l.role), coalesce(update_member.status, l.status))
  returning l.* into v_link;
  if v_link.id is null then
    v_link := app.lock_member(v_vendor_id, update_member.id);
  end if;
  return app.member_json(v_link);
end;
$$;
comment on function app.update_member is 'Changes role or status of a member; problems 400, 403, 404, 409 last-admin.';
grant execute on function app.update_member to authenticated;

-- sql/tenancy/app_update_vendor.sql
-- Changes name, status or settings of a vendor. Definer, because nobody may write vendors; superadmins and the service
-- key only.
create or replace function app.update_vendor(id uuid, name text, status text, settings jsonb, reason text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_errors jsonb;
  v_vendor public.vendors;
begin
  perform app.require_platform();
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      ('/name', 'Not blank.', update_vendor.name is null or btrim(update_vendor.name) <> ''),
      (
        '/status', 'active or suspended.',
        update_vendor.status is null or update_vendor.status in ('active', 'suspended')
      )
  ) as e (pointer, detail, holds)
  where not e.holds;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The vendor cannot be changed like this.', v_errors);
  end if;
  if update_vendor.settings is not null then
    perform app.check_vendor_settings(update_vendor.settings);
  end if;
  perform set_config('app.justification', coalesce(update_vendor.reason, ''), true);
  update public.vendors as v
  set name = coalesce(btrim(update_vendor.name), v.name),
      status = coalesce(update_vendor.status, v.status),
      settings_json = coalesce(update_vendor.settings, v.settings_json)
  where v.id = update_vendor.id
  returning v.* into v_vendor;
  perform set_config('app.justification', '', true);
  if v_vendor.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;
  return to_jsonb(v_vendor);
end;
$$;
comment on function app.update_vendor is
  'Changes a vendor; problems 400, 403, 404. The reason goes into the audit log.';
grant execute on function app.update_vendor to authenticated, service_role;

-- sql/tenancy/begin_request.sql
-- Who an authenticated Appwrite user is here: the claims of their request, or the problem that stops it, raised. For
-- commands and tests; requests come through app.open_request, which counts them as well.
-- A superadmin without membership gets claims without a vendor, a service client the role `client`.
create or replace function app.begin_request(appwrite_user_id text, vendor_id uuid default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_caller record;
begin
  v_caller := app.resolve_caller(begin_request.appwrite_user_id, begin_request.vendor_id);
  if v_caller.problem is not null then
    perform app.raise_problem(
      (v_caller.problem ->> 'status')::int,
      v_caller.problem ->> 'type',
      v_caller.problem ->> 'detail',
      null,
      v_caller.problem ->> 'hint'
    );
  end if;
  return v_caller.claims;
end;
$$;
comment on function app.begin_request is
  'Claims of an Appwrite user, or problem no-membership, not-a-member, vendor-suspended (403), vendor-ambiguous (409).';

-- sql/tenancy/break_glass_sessions.sql
-- A superadmin's time-limited way into one vendor's data, with the reason written down before anything is seen. The
-- vendor's own admins can read that it happened. Only the closing time of a row ever changes.
create table public.break_glass_sessions (
  id uuid not null default gen_random_uuid(),
  user_id uuid not null,
  vendor_id uuid not null,
  justification text not null,
  opened_at timestamptz not null default now(),
  expires_at timestamptz not null,
  closed_at timestamptz,
  constraint break_glass_sessions_pkey primary key (id),
  constraint user_exists foreign key (user_id) references public.users (id) on delete restrict,
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint justification_is_a_sentence check (length(btrim(justification)) between 10 and 2000),
  constraint session_lasts_an_hour_at_most check (
    expires_at > opened_at and expires_at <= opened_at + interval '60 minutes'
  ),
  constraint closed_at_is_after_opened_at check (closed_at >= opened_at)
);
create index break_glass_sessions_user_id_idx on public.break_glass_sessions (user_id, vendor_id, expires_at);
create index break_glass_sessions_vendor_id_idx on public.break_glass_sessions (vendor_id, opened_at);
comment on table public.break_glass_sessions is
  'Break-glass sessions. Superadmins read all, a vendor''s admins those about their vendor.';
comment on column public.break_glass_sessions.id is 'Names the session; claims and audit rows carry it.';
comment on column public.break_glass_sessions.user_id is 'The superadmin.';
comment on column public.break_glass_sessions.vendor_id is 'The one vendor it opens.';
comment on column public.break_glass_sessions.justification is
  'Why; 10 to 2000 characters, repeated in every audit row.';
comment on column public.break_glass_sessions.opened_at is 'When it was opened.';
comment on column public.break_glass_sessions.expires_at is 'When it ends by itself, an hour later at most.';
comment on column public.break_glass_sessions.closed_at is 'When it was closed early; null otherwise.';

alter table public.break_glass_sessions enable row level security;
alter table public.break_glass_sessions force row level security;
create policy "superadmins read all sessions, admins those about their vendor" on public.break_glass_sessions
for select to authenticated
using (
  (select app.is_platform_admin())
  or (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')))
);
grant select on public.break_glass_sessions to authenticated, service_role;

-- sql/tenancy/build_claims.sql
-- The claims of a request or an access token, in their one fixed form; what does not apply is left out.
create or replace function app.build_claims(
  appwrite_user_id text,
  user_id uuid default null,
  vendor_id uuid default null,
  app_role text default null,
  break_glass jsonb default null
)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_strip_nulls(jsonb_build_object(
    'role', 'authenticated',
    'sub', user_id,
    'vendor_id', vendor_id,
    'app_role', app_role,
    'appwrite_user_id', appwrite_user_id,
    'break_glass', break_glass
  ));
end;
$$;
comment on function app.build_claims is
  'Claims {role, sub, vendor_id, app_role, appwrite_user_id, break_glass: {id, justification}} of one caller.';

-- sql/tenancy/call_as.sql
-- Runs one statement as the caller, in a single round trip: enters the request, then executes. For our functions,
-- connected as the owner; nobody else may call it. The statement takes its arguments as one jsonb value ($1) and gives
-- one jsonb value. Executed dynamically, so grants are checked and plans are made after the role has changed.
create or replace function app.call_as(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb default null,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_result jsonb;
begin
  perform app.enter_request(claims, request);
  execute statement into v_result using arguments;
  body := v_result::text;
  row_count := app.result_rows(v_result);
end;
$$;
comment on function app.call_as is
  'Result of one statement run as the caller, as JSON text, and how many rows it holds. For the owner only.';

-- sql/tenancy/call_once.sql
-- app.call_as under an Idempotency-Key, still one round trip and one transaction: claims the key, runs the statement as
-- the caller, stores the answer. `idempotency` is {key, method, path, request_hash, status, headers}: status and
-- headers are those of the answer when the statement passes. A repeated request gets the stored answer, replayed true,
-- and the statement is not run. Where the answer is more than the statement's result, use claim and complete around the
-- work.
create or replace function app.call_once(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb,
  idempotency jsonb,
  out replayed boolean,
  out status int,
  out headers jsonb,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_known record;
  v_result jsonb;
begin
  perform app.enter_request(call_once.claims, call_once.request);
  v_known := app.claim_idempotency_key(
    call_once.idempotency ->> 'key',
    call_once.idempotency ->> 'method',
    call_once.idempotency ->> 'path',
    call_once.idempotency ->> 'request_hash'
  );
  replayed := v_known.replayed;
  if v_known.replayed then
    status := v_known.status;
    headers := v_known.headers;
    body := v_known.body;
    row_count := 0;
    return;
  end if;
  execute call_once.statement into v_result using call_once.arguments;
  body := v_result::text;
  row_count := app.result_rows(v_result);
  status := coalesce((call_once.idempotency ->> 'status')::int, 200);
  headers := coalesce(call_once.idempotency -> 'headers', '{}');
  perform app.complete_idempotency_key(
    call_once.idempotency ->> 'key',
    call_once.idempotency ->> 'method',
    call_once.idempotency ->> 'path',
    call_once.idempotency ->> 'request_hash',
    status, headers, body
  );
end;
$$;
comment on function app.call_once is
  'app.call_as under an Idempotency-Key: runs the statement once and replays its answer. For the owner only.';

-- sql/tenancy/check_app_client_input.sql
-- What is wrong with the values of a service client, all faults at once; null means: not given.
create or replace function app.check_app_client_input(name text, permissions text[])
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/name', '1 to 200 characters, not blank.',
        btrim(check_app_client_input.name) <> '' and char_length(check_app_client_input.name) <= 200
      ),
      (
        '/permissions', 'A list of super_id:generate and super_id:read.',
        check_app_client_input.permissions <@ array['super_id:generate', 'super_id:read']
      )
  ) as e (pointer, detail, holds)
  where e.holds is false;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The service client cannot be kept like this.', v_errors);
  end if;
end;
$$;
comment on function app.check_app_client_input is 'Problem 400 that names /name or /permissions of a service client.';

-- sql/tenancy/check_member_input.sql
-- Refuses a role or status that no membership can be given; null means "not given" and passes.
create or replace function app.check_member_input(role text, status text default null)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(jsonb_build_object('pointer', e.pointer, 'code', 'invalid', 'detail', e.detail)) into v_errors
  from (
    values
      (
        '/role', 'vendor_viewer, vendor_operator or vendor_admin.',
        check_member_input.role is null or app.role_rank(check_member_input.role) is not null
      ),
      (
        '/status', 'active or suspended.',
        check_member_input.status is null or check_member_input.status in ('active', 'suspended')
      )
  ) as e (pointer, detail, holds)
  where not e.holds;
  if v_errors is not null then
    perform app.raise_problem(400, 'invalid-input', 'The membership cannot be like this.', v_errors);
  end if;
end;
$$;
comment on function app.check_member_input is 'Problem 400 for a role or status that a membership cannot have.';

-- sql/tenancy/check_request.sql
-- Holds a request that came with an access token (PostgREST, as its db-pre-request) to what is true now: a token lives
-- fifteen minutes, a membership may end at once. Break-glass goes through the API alone, where each request is audited.
-- Definer, because it reads what the caller may not; it answers about the caller only.
create or replace function app.check_request()
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
  v_caller record;
begin
  if v_claims ->> 'role' is distinct from 'authenticated' or not v_claims ? 'vendor_id' then
    return;
  end if;
  if v_claims ? 'break_glass' then
    perform app.raise_problem(
      403, 'no-vendor', 'A break-glass session does not reach this door.', null, 'Use the API with X-Vendor-Id.'
    );
  end if;
  v_caller := app.resolve_caller(v_claims ->> 'appwrite_user_id', app.current_vendor_id());
  if v_caller.problem is not null then
    perform app.raise_problem(
      (v_caller.problem ->> 'status')::int, v_caller.problem ->> 'type', v_caller.problem ->> 'detail', null,
      v_caller.problem ->> 'hint'
    );
  end if;
  if v_caller.claims ->> 'app_role' is distinct from v_claims ->> 'app_role'
    or v_caller.claims ->> 'sub' is distinct from v_claims ->> 'sub'
  then
    perform app.raise_problem(
      403, 'insufficient-role', 'Your role has changed since this token was made.', null, 'Exchange your token anew.'
    );
  end if;
end;
$$;
comment on function app.check_request is
  'Problem 403 when an access token says more than is true now: membership ended, role changed, vendor suspended.';
grant execute on function app.check_request to authenticated, service_role;

-- sql/tenancy/check_vendor_settings.sql
-- Refuses settings of a vendor that would have no effect or a wrong one. Unknown keys pass: other parts own them.
create or replace function app.check_vendor_settings(settings jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
declare
  v_limits jsonb := settings -> 'rate_limits';
begin
  if jsonb_typeof(settings) is distinct from 'object' then
    perform app.raise_problem(
      400, 'invalid-input', 'The settings of a vendor are an object.',
      '[{"pointer": "/settings", "code": "invalid", "detail": "A JSON object."}]'
    );
  end if;
  if jsonb_typeof(v_limits) <> 'object' or exists (
    select from jsonb_each(case when jsonb_typeof(v_limits) = 'object' then v_limits end) as l
    where l.key not in ('user', 'vendor', 'ingest') or l.value::text !~ '^[1-9][0-9]{0,8}$'
  ) then
    perform app.raise_problem(
      400, 'invalid-input', 'The rate limits of the vendor are not valid.',
      '[{"pointer": "/settings/rate_limits", "code": "invalid",
        "detail": "An object of user, vendor and ingest, each a whole number from 1."}]'
    );
  end if;
end;
$$;
comment on function app.check_vendor_settings is
  'Problem 400 unless the settings are an object with sound rate limits.';

-- sql/tenancy/claim_idempotency_key.sql
-- Begins a request that carries an Idempotency-Key; called in the transaction of its work, after app.enter_request.
-- replayed false: go on, and end with app.complete_idempotency_key in the same transaction. replayed true: answer with
-- status, headers and body as they are. Never waits: while the first request runs, its transaction holds an advisory
-- lock, and a second one gets problem 409. When the first is undone, lock and row are gone, and a retry does the work.
-- Definer, because no client may touch the table; it reaches the caller's own keys only.
create or replace function app.claim_idempotency_key(
  key text,
  method text,
  path text,
  request_hash text,
  out replayed boolean,
  out status int,
  out headers jsonb,
  out body text
)
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_id bytea := app.idempotency_scope(
    claim_idempotency_key.key, claim_idempotency_key.method, claim_idempotency_key.path
  );
  v_request_hash text;
begin
  if length(claim_idempotency_key.key) not between 1 and 255 or claim_idempotency_key.key is null then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => 'An Idempotency-Key has 1 to 255 characters.',
      errors => '[{"pointer": "/Idempotency-Key", "code": "invalid", "detail": "1 to 255 characters."}]'
    );
  end if;
  if not pg_try_advisory_xact_lock(hashtextextended(encode(v_id, 'hex'), 0)) then
    perform app.raise_problem(
      status => 409,
      type => 'idempotency-key-in-use',
      detail => 'The first request with this Idempotency-Key is still running.',
      hint => 'Send it again a little later; then the answer of the first is replayed.'
    );
  end if;
  -- A statement of its own, after the lock: it sees what the holder before us committed.
  select k.request_hash, k.status, k.response_headers, k.response_body
  into v_request_hash, status, headers, body
  from public.idempotency_keys as k
  where k.id = v_id and k.expires_at > now();
  replayed := found;
  if replayed and v_request_hash <> claim_idempotency_key.request_hash then
    perform app.raise_problem(
      status => 422,
      type => 'idempotency-key-reused',
      detail => 'This Idempotency-Key was used for another request.',
      hint => 'Use a new key for each new request.'
    );
  end if;
end;
$$;
comment on function app.claim_idempotency_key is
  'Whether the request was answered before (then the stored answer); problems 409 idempotency-key-in-use, 422 '
  'idempotency-key-reused.';
grant execute on function app.claim_idempotency_key to authenticated, service_role;

-- sql/tenancy/claim_signing_key.sql
-- Stores a key as the first signing key, unless there is one: of two isolates that make the first key at once, one
-- wins and both go on with the winner's.
create or replace function app.claim_signing_key(kid text, public_jwk jsonb, private_jwk text)
returns table (current_kid text, current_private_jwk text)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtextextended('app.signing_keys', 0));
  if not exists (select from app.signing_keys as k where k.retired_at is null) then
    insert into app.signing_keys (kid, public_jwk, secret_id)
    values (
      claim_signing_key.kid,
      claim_signing_key.public_jwk,
      vault.create_secret(
        claim_signing_key.private_jwk,
        'odyssey_signing_key_' || claim_signing_key.kid,
        'Signs access tokens of the token exchange (ES256).'
      )
    );
  end if;
  return query select c.kid, c.private_jwk from app.current_signing_key() as c;
end;
$$;
comment on function app.claim_signing_key is
  'The signing key: the one given when it is the first, else the one there is.';

-- sql/tenancy/client_permissions.sql
-- What a service client may do now; empty for strangers and for clients that were shut out.
create or replace function app.client_permissions(appwrite_user_id text)
returns text[]
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (
      select c.permissions from public.app_clients as c
      where c.appwrite_user_id = client_permissions.appwrite_user_id and c.active
    ),
    '{}'
  );
end;
$$;
comment on function app.client_permissions is 'Permissions of an active service client, by its Appwrite user id.';

-- sql/tenancy/close_break_glass.sql
-- The door to app.close_break_glass.
create or replace function public.close_break_glass(id uuid default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select jsonb_build_object('closed', app.close_break_glass(close_break_glass.id));
$$;
comment on function public.close_break_glass is
  'Ends the caller''s open break-glass session with this id, or all of theirs: {"closed": n}.';
grant execute on function public.close_break_glass to authenticated;

-- sql/tenancy/complete_idempotency_key.sql
-- Stores the answer of a request that app.claim_idempotency_key let through, in the same transaction as its work. Only
-- final answers: a 401, 429 or 5xx is for the caller to retry, and the table refuses it. The primary key is the second
-- lock: of two transactions that both did the work, one cannot commit. Definer, for the reason given in claim.
create or replace function app.complete_idempotency_key(
  key text,
  method text,
  path text,
  request_hash text,
  status int,
  headers jsonb,
  body text
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into public.idempotency_keys as k (
    id, key, vendor_id, subject, method, path, request_hash, response_hash, status, response_headers, response_body
  )
  values (
    app.idempotency_scope(
      complete_idempotency_key.key, complete_idempotency_key.method, complete_idempotency_key.path
    ),
    complete_idempotency_key.key,
    app.current_vendor_id(),
    app.current_subject(),
    upper(complete_idempotency_key.method),
    complete_idempotency_key.path,
    complete_idempotency_key.request_hash,
    encode(sha256(convert_to(coalesce(complete_idempotency_key.body, ''), 'utf8')), 'hex'),
    complete_idempotency_key.status,
    coalesce(complete_idempotency_key.headers, '{}'),
    complete_idempotency_key.body
  )
  on conflict on constraint idempotency_keys_pkey do update
  set request_hash = excluded.request_hash,
      response_hash = excluded.response_hash,
      status = excluded.status,
      response_headers = excluded.response_headers,
      response_body = excluded.response_body,
      created_at = excluded.created_at,
      expires_at = excluded.expires_at
  where k.expires_at <= now();
  if not found then
    perform app.raise_problem(
      status => 409,
      type => 'idempotency-key-in-use',
      detail => 'Another request with this Idempotency-Key was answered meanwhile; this one was undone.',
      hint => 'Send it again; then that answer is replayed.'
    );
  end if;
end;
$$;
comment on function app.complete_idempotency_key is 'Stores the answer of this transaction''s work for 24 hours.';
grant execute on function app.complete_idempotency_key to authenticated, service_role;

-- sql/tenancy/create_app_client.sql
-- The door to app.create_app_client.
create or replace function public.create_app_client(appwrite_user_id text, name text, permissions text[] default '{}')
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.create_app_client(
    create_app_client.appwrite_user_id, create_app_client.name, create_app_client.permissions
  );
$$;
comment on function public.create_app_client is
  'Registers a service client with its permissions. Superadmins and the service key only.';
grant execute on function public.create_app_client to authenticated, service_role;

-- sql/tenancy/create_leaf_partitions.sql
-- The hash leaves under one vendor's part of one table. The part is not attached yet, so they are made as its
-- partitions outright: nobody waits for its lock. Called by app.create_vendor_partitions only.
create or replace function app.create_leaf_partitions(vendor_part regclass, spec app.partitioned_tables)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_leaf text;
  v_changes text;
begin
  select string_agg(c.change, ', ') into v_changes
  from (
    values ('enable row level security'), ('force row level security')
    union all
    select format('alter column %I set statistics 0', u.name) from unnest(spec.columns_without_statistics) as u (name)
  ) as c (change);
  for v_remainder in 0 .. spec.modulus - 1 loop
    v_leaf := format('%s_%s', split_part(vendor_part::text, '.', 2), to_char(v_remainder, 'fm00'));
    execute format(
      'create table partitions.%I partition of %s for values with (modulus %s, remainder %s)',
      v_leaf, vendor_part, spec.modulus, v_remainder
    );
    execute format('alter table partitions.%I %s', v_leaf, v_changes);
  end loop;
end;
$$;
comment on function app.create_leaf_partitions is
  'Makes the hash leaves of one vendor''s part of a table.';

-- sql/tenancy/create_vendor.sql
-- The door to app.create_vendor for rpc(); it checks the caller itself.
create or replace function public.create_vendor(code text, name text, settings jsonb default '{}')
returns public.vendors
language sql
volatile
set search_path = ''
as $$
  select app.create_vendor(create_vendor.code, create_vendor.name, create_vendor.settings);
$$;
comment on function public.create_vendor is 'Makes a vendor and its partitions. Superadmins and the service key only.';
grant execute on function public.create_vendor to authenticated, service_role;

-- sql/tenancy/create_vendor_function.sql
-- Makes a function of one vendor that names its part of a partitioned table, so that a connection plans its statement
-- once and keeps the plan: planning over 16 or 32 leaves takes 0.6 to 3 ms, running it often less. A plan kept for the
-- table itself would hold, and lock, the leaves of all vendors. In the statement %1$s is the vendor's part of the table
-- and %2$s its id. Only definers reach the schema.
create or replace function app.create_vendor_function(
  vendor_id uuid, table_name text, name text, arguments text, result text, plan text, statement text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  -- enable_*: with one plan for all, the planner must not be led astray by a small or a not yet analysed table.
  settings constant text :=
    'set plan_cache_mode = force_generic_plan set jit = off set max_parallel_workers_per_gather = 0 '
    'set enable_seqscan = off';
  v_key constant text := replace(vendor_id::text, '-', '');
begin
  execute format(
    'create or replace function partitions.%I(%s) returns %s '
    'language plpgsql stable set search_path = '''' %s %s as %L',
    name || '_' || v_key, arguments, result, settings, plan,
    format(
      E'#variable_conflict use_variable\nbegin\n  return query\n%s;\nend;',
      format(statement, format('partitions.%I', table_name || '_' || v_key), format('%L::uuid', vendor_id))
    )
  );
  execute format(
    'comment on function partitions.%I is %L', name || '_' || v_key, 'Made by app.create_vendor_function: never edit.'
  );
end;
$$;

comment on function app.create_vendor_function is 'Makes a function over one vendor''s part of a partitioned table.';

-- sql/tenancy/create_vendor_partitions.sql
-- Gives a vendor its part of every registered table. Each part is built apart, with its indexes and a check that
-- repeats the bound, and then attached: that takes a lock on the parent which readers and writers do not feel
-- (create table ... partition of would shut everyone out). Repeating it adds only what is missing.
create or replace function app.create_vendor_partitions(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_spec app.partitioned_tables;
  v_part text;
begin
  for v_spec in select t.* from app.partitioned_tables as t order by t.table_name loop
    v_part := v_spec.table_name || '_' || replace(vendor_id::text, '-', '');
    -- The very lock that attaching needs; taken first, it lets two calls for one vendor follow each other.
    execute format('lock table only public.%I in share update exclusive mode', v_spec.table_name);
    continue when to_regclass(format('partitions.%I', v_part)) is not null;

    execute format(
      'create table partitions.%I (like public.%I including all excluding comments) partition by hash (%I)',
      v_part, v_spec.table_name, v_spec.hash_column
    );
    execute format('alter table partitions.%I enable row level security, force row level security', v_part);
    perform app.create_leaf_partitions(format('partitions.%I', v_part)::regclass, v_spec);
    execute format(
      'alter table partitions.%I add constraint rows_belong_to_this_vendor '
      'check (vendor_id is not null and vendor_id = %L)',
      v_part, vendor_id
    );
    execute format(
      'alter table public.%I attach partition partitions.%I for values in (%L)',
      v_spec.table_name, v_part, vendor_id
    );
    -- From here on the bound says it; a second check would cost every insert.
    execute format('alter table partitions.%I drop constraint rows_belong_to_this_vendor', v_part);
  end loop;
end;
$$;
comment on function app.create_vendor_partitions is
  'Makes and attaches what a vendor lacks of the registered partitioned tables.';

-- sql/tenancy/current_signing_key.sql
-- The key that signs now, with its private half. For the api function, connected as the owner; nobody else may call it.
create or replace function app.current_signing_key()
returns table (kid text, private_jwk text)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return query
  select k.kid, s.decrypted_secret
  from app.signing_keys as k
  join vault.decrypted_secrets as s on s.id = k.secret_id
  where k.retired_at is null
  order by k.created_at desc, k.kid
  limit 1;
end;
$$;
comment on function app.current_signing_key is 'Id and private JWK of the newest signing key; no row before the first.';

-- sql/tenancy/current_subject.sql
-- A name for the caller that is always there: users.id, else how a service client is known, else the database role.
create or replace function app.current_subject()
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return coalesce(
    v_claims ->> 'sub',
    v_claims ->> 'client_id',
    v_claims ->> 'appwrite_user_id',
    case when app.is_service() then 'service' else 'anonymous' end
  );
end;
$$;
comment on function app.current_subject is 'users.id of the caller, or the id of a service client, or service.';
grant execute on function app.current_subject to authenticated, service_role;

-- sql/tenancy/delete_app_client.sql
-- The door to app.delete_app_client.
create or replace function public.delete_app_client(appwrite_user_id text)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.delete_app_client(delete_app_client.appwrite_user_id);
$$;
comment on function public.delete_app_client is
  'Removes a service client. Superadmins and the service key only.';
grant execute on function public.delete_app_client to authenticated, service_role;

-- sql/tenancy/ensure_app_client.sql
-- Registers a service client, or gives it exactly these permissions and lets it in again.
create or replace function app.ensure_app_client(appwrite_user_id text, name text, permissions text[])
returns text
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.app_clients (appwrite_user_id, name, permissions)
  values (ensure_app_client.appwrite_user_id, ensure_app_client.name, ensure_app_client.permissions)
  on conflict on constraint app_clients_pkey do update
  set name = excluded.name, permissions = excluded.permissions, active = true;
  return appwrite_user_id;
end;
$$;
comment on function app.ensure_app_client is 'Makes or updates an active service client; returns its Appwrite id.';

-- sql/tenancy/ensure_member.sql
-- An active membership with this role, whatever was there before.
create or replace function app.ensure_member(vendor_id uuid, user_id uuid, role text)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link_id uuid;
begin
  if app.role_rank(ensure_member.role) is null then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-input',
      detail => format('%s is not a role within a vendor.', coalesce(quote_literal(ensure_member.role), 'null')),
      errors => '[{"pointer": "/role", "code": "invalid", "detail": "vendor_viewer, vendor_operator or vendor_admin."}]'
    );
  end if;
  insert into public.user_links as l (vendor_id, user_id, role)
  values (ensure_member.vendor_id, ensure_member.user_id, ensure_member.role)
  on conflict (user_id, vendor_id) do update set role = excluded.role, status = 'active'
  returning l.id into v_link_id;
  return v_link_id;
end;
$$;
comment on function app.ensure_member is 'Id of the membership, made or set to this role and active.';

-- sql/tenancy/ensure_platform_admin.sql
-- Puts a user into the registry of superadmins. Not reachable over HTTP.
create or replace function app.ensure_platform_admin(user_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.platform_admins (user_id, created_by)
  values (ensure_platform_admin.user_id, app.current_user_id())
  on conflict on constraint platform_admins_pkey do nothing;
end;
$$;
comment on function app.ensure_platform_admin is 'Makes a user a superadmin, if they are not one already.';

-- sql/tenancy/ensure_user.sql
-- The shadow of an Appwrite user, made or brought up to date. Null leaves what is known as it is.
create or replace function app.ensure_user(
  appwrite_user_id text,
  email text default null,
  display_name text default null
)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
begin
  insert into public.users as u (appwrite_user_id, email, display_name)
  values (ensure_user.appwrite_user_id, ensure_user.email, ensure_user.display_name)
  on conflict (appwrite_user_id) do update
  set email = coalesce(excluded.email, u.email),
      display_name = coalesce(excluded.display_name, u.display_name)
  returning u.id into v_user_id;
  return v_user_id;
end;
$$;
comment on function app.ensure_user is
  'Id of the user with this Appwrite id; made when missing, email and name updated when given.';

-- sql/tenancy/enter_request.sql
-- Makes the rest of the transaction the caller's: role authenticated and their claims, as PostgREST does it. What is
-- known of the request itself ({request_id, ip, ua, method, path}) goes into app.request, for the audit log.
-- Takes no other role, so that a mistake in the claims cannot raise anyone.
create or replace function app.enter_request(claims jsonb, request jsonb default null)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if claims ->> 'role' is distinct from 'authenticated' then
    raise exception 'a request runs as authenticated, not as %', coalesce(claims ->> 'role', 'nobody')
      using errcode = 'invalid_role_specification', hint = 'Take the claims from app.begin_request.';
  end if;
  perform set_config('request.jwt.claims', claims::text, true);
  perform set_config('app.request', coalesce(request::text, ''), true);
  perform set_config('role', 'authenticated', true);
end;
$$;
comment on function app.enter_request is
  'Sets role, claims and what is known of the request for the rest of the transaction.';

-- sql/tenancy/get_app_client.sql
-- The door to app.get_app_client.
create or replace function public.get_app_client(appwrite_user_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.get_app_client(get_app_client.appwrite_user_id);
$$;
comment on function public.get_app_client is
  'A service client; problem 404 when there is none. Superadmins and the service key only.';
grant execute on function public.get_app_client to authenticated, service_role;

-- sql/tenancy/get_me.sql
-- What the caller is here. An invoker: row level security decides what it finds.
create or replace function public.get_me()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  return jsonb_build_object(
    'user', (
      select jsonb_build_object(
        'id', u.id,
        'appwrite_user_id', u.appwrite_user_id,
        'email', u.email,
        'display_name', u.display_name
      )
      from public.users as u
      where u.id = (select app.current_user_id())
    ),
    'role', v_claims ->> 'app_role',
    'vendor', (
      select jsonb_build_object('id', v.id, 'code', v.code, 'name', v.name, 'status', v.status)
      from public.vendors as v
      where v.id = (select app.current_vendor_id())
    ),
    'memberships', (
      select coalesce(
        jsonb_agg(
          jsonb_build_object('vendor_id', v.id, 'vendor_code', v.code, 'vendor_name', v.name, 'role', l.role)
          order by v.code
        ),
        '[]'
      )
      from public.user_links as l
      join public.vendors as v on v.id = l.vendor_id
      where l.user_id = (select app.current_user_id()) and l.status = 'active'
    )
  );
end;
$$;
comment on function public.get_me is
  'The caller: {user, role, vendor, memberships}. user and vendor are null for service clients.';
grant execute on function public.get_me to authenticated;

-- sql/tenancy/get_vendor.sql
-- One vendor, for superadmins; others see their own in get_me.
create or replace function public.get_vendor(id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor public.vendors;
begin
  perform app.require_platform();
  select v.* into v_vendor from public.vendors as v where v.id = get_vendor.id;
  if v_vendor.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such vendor.');
  end if;
  return to_jsonb(v_vendor);
end;
$$;
comment on function public.get_vendor is 'One vendor with its settings; for superadmins. Problem 404.';
grant execute on function public.get_vendor to authenticated, service_role;

-- sql/tenancy/idempotency_keys.sql
-- Answers to requests that carried an Idempotency-Key, kept 24 hours. A row is written in the transaction of the work
-- it answers for, so neither exists without the other; while the work runs, an advisory lock stands for the row.
-- Answers may hold health data: no client reads this table, only the two functions do.
create table public.idempotency_keys (
  id bytea not null,
  key text not null,
  vendor_id uuid,
  subject text not null,
  method text not null,
  path text not null,
  request_hash text not null,
  response_hash text not null,
  status int not null,
  response_headers jsonb not null default '{}',
  response_body text,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '24 hours',
  constraint idempotency_keys_pkey primary key (id),
  constraint id_is_a_sha256 check (octet_length(id) = 32),
  constraint key_has_1_to_255_characters check (length(key) between 1 and 255),
  constraint status_is_final check (status between 200 and 499 and status not in (401, 429)),
  constraint headers_are_an_object check (jsonb_typeof(response_headers) = 'object'),
  constraint expires_at_is_after_created_at check (expires_at > created_at)
);
create index idempotency_keys_expires_at_idx on public.idempotency_keys (expires_at);
comment on table public.idempotency_keys is
  'Stored answers by Idempotency-Key, scoped to vendor, user, method and path. Not readable by clients.';
comment on column public.idempotency_keys.id is 'SHA-256 of vendor, subject, method, path and key: the scope in one.';
comment on column public.idempotency_keys.key is 'The key as the client sent it.';
comment on column public.idempotency_keys.vendor_id is 'The vendor of the request; null for calls that belong to none.';
comment on column public.idempotency_keys.subject is 'The caller: users.id, or the name of a service client.';
comment on column public.idempotency_keys.method is 'POST, PUT or PATCH.';
comment on column public.idempotency_keys.path is 'The path as sent, without the query.';
comment on column public.idempotency_keys.request_hash is
  'Tells whether a repeated request is the same: hash of query and body.';
comment on column public.idempotency_keys.response_hash is 'SHA-256 of the stored body, as hex.';
comment on column public.idempotency_keys.status is 'HTTP status of the answer.';
comment on column public.idempotency_keys.response_headers is
  'Headers of the answer that belong to it, such as Location.';
comment on column public.idempotency_keys.response_body is 'The whole answer; null where it has no body.';
comment on column public.idempotency_keys.created_at is 'When the work was done.';
comment on column public.idempotency_keys.expires_at is 'From then on the key is free again.';
-- Answers to batches are large and compress well; lz4 costs a fraction of pglz, where the server was built with it.
do $$
begin
  if exists (select from pg_catalog.pg_settings as s
    where s.name = 'default_toast_compression' and 'lz4' = any (s.enumvals))
  then
    alter table public.idempotency_keys alter column response_body set compression lz4;
  end if;
end;
$$;

alter table public.idempotency_keys enable row level security;
alter table public.idempotency_keys force row level security;

-- sql/tenancy/idempotency_scope.sql
-- One name for vendor, caller, method, path and key. The vendor and the caller come from the claims, never from an
-- argument, so nobody can ask for another's answers.
create or replace function app.idempotency_scope(key text, method text, path text)
returns bytea
language plpgsql
stable
set search_path = ''
as $$
begin
  return sha256(convert_to(
    jsonb_build_array(
      app.current_vendor_id(), app.current_subject(), upper(idempotency_scope.method), idempotency_scope.path,
      idempotency_scope.key
    )::text,
    'utf8'
  ));
end;
$$;
comment on function app.idempotency_scope is
  'The id in idempotency_keys of a key of this caller for a method and path.';

-- sql/tenancy/invite_member.sql
-- The door to app.invite_member.
create or replace function public.invite_member(
  appwrite_user_id text,
  role text,
  email text default null,
  display_name text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.invite_member(
    invite_member.appwrite_user_id, invite_member.role, invite_member.email, invite_member.display_name
  );
$$;
comment on function public.invite_member is
  'Invites an Appwrite user into the caller''s vendor; they come in once they accept. For its admins.';
grant execute on function public.invite_member to authenticated;

-- sql/tenancy/is_break_glass_open.sql
-- Whether the break-glass session in the caller's claims is open at this moment: a token may outlive its session.
-- Definer, so that has_role may ask on behalf of anyone; answers about the caller only.
create or replace function app.is_break_glass_open()
returns boolean
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_session jsonb := app.open_break_glass_session(app.current_user_id(), app.current_vendor_id());
begin
  return v_session is not null and app.is_platform_admin();
end;
$$;
comment on function app.is_break_glass_open is
  'True when the caller is a superadmin with an open break-glass session for the vendor of this request.';
grant execute on function app.is_break_glass_open to authenticated, service_role;

-- sql/tenancy/is_vendor_active.sql
-- Whether work for this vendor may go on: workers ask before each step, and leave a suspended vendor's jobs queued.
create or replace function app.is_vendor_active(vendor_id uuid)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return exists (select from public.vendors as v where v.id = is_vendor_active.vendor_id and v.status = 'active');
end;
$$;
comment on function app.is_vendor_active is 'False for a suspended vendor, whose queued work waits.';

-- sql/tenancy/list_app_clients.sql
-- The door to app.list_app_clients.
create or replace function public.list_app_clients(
  active boolean default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_app_clients(list_app_clients.active, list_app_clients.cursor, list_app_clients.page_limit);
$$;
comment on function public.list_app_clients is
  'Service clients by Appwrite id, as {"data", "next_cursor"}; superadmins and the service key only.';
grant execute on function public.list_app_clients to authenticated, service_role;

-- sql/tenancy/list_break_glass.sql
-- Break-glass sessions, newest first: all of them for a superadmin, those about their vendor for its admin. An invoker:
-- row level security decides.
create or replace function public.list_break_glass(cursor text default null, page_limit int default 50)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_scope text := concat_ws('/', 'break-glass', app.current_subject(), app.current_vendor_id());
  v_after jsonb := app.decode_cursor(v_scope, list_break_glass.cursor);
  v_sessions public.break_glass_sessions[];
begin
  if not app.has_role('superadmin') then
    perform app.require_vendor('vendor_admin');
  end if;
  perform app.check_page_limit(page_limit);
  select array_agg(page.s order by (page.s).opened_at desc, (page.s).id desc) into v_sessions
  from (
    select s
    from public.break_glass_sessions as s
    where v_after is null
      or (s.opened_at, s.id) < ((v_after ->> 'opened_at')::timestamptz, (v_after ->> 'id')::uuid)
    order by s.opened_at desc, s.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce((select jsonb_agg(to_jsonb(s)) from unnest(v_sessions[:page_limit]) as s), '[]'),
    'next_cursor', case when cardinality(v_sessions) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'opened_at', v_sessions[page_limit].opened_at, 'id', v_sessions[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_break_glass is
  'Break-glass sessions the caller may see, newest first, as {"data", "next_cursor"}.';
grant execute on function public.list_break_glass to authenticated;

-- sql/tenancy/list_members.sql
-- The door to app.list_members.
create or replace function public.list_members(
  role text default null,
  status text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_members(list_members.role, list_members.status, list_members.cursor, list_members.page_limit);
$$;
comment on function public.list_members is
  'Members of the caller''s vendor, oldest first, as {"data", "next_cursor"}; for its admins.';
grant execute on function public.list_members to authenticated;

-- sql/tenancy/list_memberships.sql
-- The door to app.list_memberships.
create or replace function public.list_memberships()
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.list_memberships();
$$;
comment on function public.list_memberships is
  'The caller''s vendors and open invitations: {data: [{vendor_id, vendor_code, vendor_name, role, status}]}; for '
  'everybody signed in.';
grant execute on function public.list_memberships to authenticated;

-- sql/tenancy/list_vendors.sql
-- All vendors by code, for superadmins. An invoker: row level security is the second lock.
create or replace function public.list_vendors(
  status text default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_scope text := concat_ws('/', 'vendors', app.current_subject(), coalesce(list_vendors.status, '-'));
  v_after text := app.decode_cursor(v_scope, list_vendors.cursor) ->> 'code';
  v_vendors public.vendors[];
begin
  perform app.require_platform();
  perform app.check_page_limit(page_limit);
  perform app.check_choice('status', list_vendors.status, '{active, suspended}');
  select array_agg(page.v order by (page.v).code) into v_vendors
  from (
    select v
    from public.vendors as v
    where (list_vendors.status is null or v.status = list_vendors.status)
      and (v_after is null or v.code > v_after)
    order by v.code
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (select jsonb_agg(to_jsonb(v) order by v.code) from unnest(v_vendors[:page_limit]) as v), '[]'
    ),
    'next_cursor', case when cardinality(v_vendors) > page_limit then
      app.encode_cursor(v_scope, jsonb_build_object('code', v_vendors[page_limit].code))
    end
  );
end;
$$;
comment on function public.list_vendors is 'All vendors by code, as {"data", "next_cursor"}; for superadmins.';
grant execute on function public.list_vendors to authenticated, service_role;

-- sql/tenancy/lock_member.sql
-- One membership of the caller's vendor, for a change to it; problem 404 when it is not there, or elsewhere. Changes of
-- one vendor's members follow each other: that is what makes "the last admin stays" exact.
create or replace function app.lock_member(vendor_id uuid, id uuid)
returns public.user_links
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_link public.user_links;
begin
  perform pg_advisory_xact_lock(hashtextextended(format('members of %s', lock_member.vendor_id), 0));
  select l.* into v_link
  from public.user_links as l
  where l.vendor_id = lock_member.vendor_id and l.id = lock_member.id
  for update;
  if v_link.id is null then
    perform app.raise_problem(404, 'not-found', 'Your vendor has no such member.');
  end if;
  return v_link;
end;
$$;
comment on function app.lock_member is
  'The membership, locked together with its vendor''s list of members; problem 404.';

-- sql/tenancy/member_json.sql
-- One membership as the API shows it. Who has not accepted yet is shown by their Appwrite id alone: an invitation must
-- not tell an admin the name or address of a stranger.
create or replace function app.member_json(link public.user_links)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'id', link.id,
      'user_id', link.user_id,
      'appwrite_user_id', u.appwrite_user_id,
      'email', case when link.status <> 'invited' then u.email end,
      'display_name', case when link.status <> 'invited' then u.display_name end,
      'role', link.role,
      'status', link.status,
      'created_at', link.created_at,
      'updated_at', link.updated_at
    )
    from public.users as u
    where u.id = link.user_id
  );
end;
$$;
comment on function app.member_json is
  'A membership: {id, user_id, appwrite_user_id, email, display_name, role, status, created_at, updated_at}.';

-- sql/tenancy/open_break_glass.sql
-- The door to app.open_break_glass; it checks the caller itself. From then on the superadmin names the vendor with
-- X-Vendor-Id and counts as its admin until the session ends.
create or replace function public.open_break_glass(vendor_id uuid, justification text, minutes int default 30)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.open_break_glass(open_break_glass.vendor_id, open_break_glass.justification, open_break_glass.minutes);
$$;
comment on function public.open_break_glass is
  'Opens one vendor''s data to the calling superadmin, for a reason and at most 60 minutes; every request is audited.';
grant execute on function public.open_break_glass to authenticated;

-- sql/tenancy/open_break_glass_session.sql
-- The session through which a superadmin may act in a vendor now, as it stands in claims; null when none is open.
create or replace function app.open_break_glass_session(user_id uuid, vendor_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
  return (
    select jsonb_build_object('id', s.id, 'justification', s.justification)
    from public.break_glass_sessions as s
    where s.user_id = open_break_glass_session.user_id
      and s.vendor_id = open_break_glass_session.vendor_id
      and s.closed_at is null
      and s.expires_at > clock_timestamp()
    order by s.expires_at desc
    limit 1
  );
end;
$$;
comment on function app.open_break_glass_session is
  'Claim break_glass {id, justification} of the open session, or null.';

-- sql/tenancy/open_client_request.sql
-- The first round trip of a request by a service client, which belongs to no vendor: counted against its own limit.
-- A client registered here is named by its Appwrite id and gets its claims and permissions; one for whom the configured
-- issuer vouches is named by `issuer_subject`, and its claims are the caller's business. Answers like app.open_request.
create or replace function app.open_client_request(
  appwrite_user_id text default null,
  issuer_subject text default null,
  at timestamptz default clock_timestamp()
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_counted record;
  v_problem jsonb;
begin
  v_counted := app.take_rate_limits(
    coalesce(open_client_request.appwrite_user_id, 'client:' || open_client_request.issuer_subject),
    null, false, null, open_client_request.at
  );
  if v_counted.refused_by is not null then
    v_problem := app.rate_limit_problem(v_counted.refused_by, v_counted.limits);
  end if;
  return jsonb_build_object(
    'claims', case when v_problem is null and open_client_request.appwrite_user_id is not null then
      app.build_claims(open_client_request.appwrite_user_id, app_role => 'client')
    end,
    'permissions', app.client_permissions(open_client_request.appwrite_user_id),
    'problem', v_problem,
    'limits', v_counted.limits
  );
end;
$$;
comment on function app.open_client_request is
  'Counts a request of a service client: {claims, permissions, problem, limits}. Commits by itself.';

-- sql/tenancy/open_request.sql
-- The first round trip of every request by an Appwrite user, as one statement that commits by itself: who they are,
-- and whether the limits let them in. Everything is answered as data, since a raised problem would undo the counting:
--   {"claims": {...} or null, "problem": {status, type, detail, hint, retry_after} or null, "limits": [...],
--    "position": {lsn, at, last_write_at}}
-- The position is that of the log and of the clock of the primary: whoever has replayed up to `lsn` has all that was
-- told to be written before `at`, and a caller who may have written lately must not read from one who has not.
-- A caller who is refused for another reason still uses up their own limit, not that of a vendor. A request inside a
-- break-glass session counts for the superadmin alone, and is written to the audit log here, before it can do
-- anything. `request` is {request_id, ip, ua, method, path}; `route_class` is 'ingest' for calls that start a job.
create or replace function app.open_request(
  appwrite_user_id text,
  vendor_id uuid default null,
  route_class text default 'api',
  request jsonb default null,
  at timestamptz default clock_timestamp()
)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_caller record;
  v_counted record;
  v_problem jsonb;
begin
  v_caller := app.resolve_caller(open_request.appwrite_user_id, open_request.vendor_id);
  v_counted := app.take_rate_limits(
    open_request.appwrite_user_id,
    case when v_caller.claims -> 'break_glass' is null then (v_caller.claims ->> 'vendor_id')::uuid end,
    open_request.route_class = 'ingest',
    v_caller.rate_limits,
    open_request.at,
    coalesce(open_request.request ->> 'method' not in ('GET', 'HEAD'), false)
  );
  if v_counted.refused_by is not null then
    v_problem := app.rate_limit_problem(v_counted.refused_by, v_counted.limits);
  elsif v_caller.problem is not null then
    v_problem := v_caller.problem;
    if v_problem ->> 'status' = '403' then
      perform app.audit_refusal(
        open_request.appwrite_user_id, open_request.vendor_id, v_problem ->> 'type', open_request.request
      );
    end if;
  elsif v_caller.claims ? 'break_glass' then
    perform app.audit_break_glass_request(v_caller.claims, open_request.request);
  end if;
  return jsonb_build_object(
    'claims', case when v_problem is null then v_caller.claims end,
    'problem', v_problem,
    'limits', v_counted.limits,
    'position', jsonb_build_object(
      'lsn', pg_current_wal_flush_lsn(), 'at', open_request.at, 'last_write_at', v_counted.last_write_at
    )
  );
end;
$$;
comment on function app.open_request is
  'Resolves and counts a request of an Appwrite user: {claims, problem, limits, position}. Commits by itself; never '
  'raises a problem.';

-- sql/tenancy/public_accept_invitation.sql
-- The door to app.accept_own_invitation.
create or replace function public.accept_invitation(vendor_id uuid)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.accept_own_invitation(accept_invitation.vendor_id);
$$;
comment on function public.accept_invitation is
  'Accepts the caller''s open invitation into a vendor; for everybody signed in.';
grant execute on function public.accept_invitation to authenticated;

-- sql/tenancy/published_signing_keys.sql
-- The JWKS: every key whose tokens may still be alive. A token lives 15 minutes at most, and an isolate may sign with
-- a retired key a few minutes longer; an hour covers both.
create or replace function app.published_signing_keys()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return jsonb_build_object('keys', (
    select coalesce(jsonb_agg(k.public_jwk order by k.created_at desc, k.kid), '[]')
    from app.signing_keys as k
    where k.retired_at is null or k.retired_at > now() - interval '1 hour'
  ));
end;
$$;
comment on function app.published_signing_keys is 'The public keys as a JSON Web Key Set.';

-- sql/tenancy/purge_idempotency_keys.sql
-- Removes expired keys; one call removes a bounded number and waits for nobody. A schedule calls it.
create or replace function app.purge_idempotency_keys(max_rows int default 1000, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from public.idempotency_keys as k
  where k.id = any (array(
    select e.id from public.idempotency_keys as e
    where e.expires_at <= purge_idempotency_keys.at
    order by e.expires_at
    limit purge_idempotency_keys.max_rows
    for update skip locked
  ));
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_idempotency_keys is 'Removes up to max_rows expired keys; returns how many.';

-- sql/tenancy/purge_rate_limits.sql
-- Removes buckets whose window ended long ago; one call removes a bounded number. A schedule calls it.
create or replace function app.purge_rate_limits(
  max_rows int default 10000, keep interval default '2 hours', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_removed int;
begin
  delete from app.rate_limit_buckets as b
  using (
    select d.name, d.subject from app.rate_limit_buckets as d
    where d.window_started_at < purge_rate_limits.at - purge_rate_limits.keep
    limit purge_rate_limits.max_rows
    for update skip locked
  ) as old
  where b.name = old.name and b.subject = old.subject;
  get diagnostics v_removed = row_count;
  return v_removed;
end;
$$;
comment on function app.purge_rate_limits is
  'Removes up to max_rows buckets that nobody used for so long; returns how many.';

-- sql/tenancy/rate_limit_buckets.sql
-- How much of each limit is used. Unlogged: a bucket that only such rows change commits without waiting for the disk,
-- and after a crash of the database everyone begins a new window, which is the whole harm. Half-empty pages keep the
-- updates of a hot bucket within its page.
create unlogged table app.rate_limit_buckets (
  name text not null,
  subject text not null,
  window_started_at timestamptz not null,
  used int not null,
  last_write_at timestamptz,
  constraint rate_limit_buckets_pkey primary key (name, subject),
  constraint used_is_never_negative check (used >= 0)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
comment on table app.rate_limit_buckets is
  'One row for each user, vendor and ingesting vendor seen lately. Lost in a crash.';
comment on column app.rate_limit_buckets.name is 'The policy it counts for.';
comment on column app.rate_limit_buckets.subject is
  'An Appwrite user id, `client:<subject>` of an issuer, or a vendor id.';
comment on column app.rate_limit_buckets.window_started_at is 'When the first request of the present window came.';
comment on column app.rate_limit_buckets.used is 'Requests let through in this window.';
comment on column app.rate_limit_buckets.last_write_at is
  'When a request that may write was last let through; of users alone, for reads from replicas.';
alter table app.rate_limit_buckets enable row level security;
alter table app.rate_limit_buckets force row level security;

-- sql/tenancy/rate_limit_policies.sql
-- The platform's limits, as data: how many requests in how many seconds. A vendor's own numbers stand in its
-- settings_json.rate_limits ({"vendor": 6000}) and win over the quota here; the window is the platform's for all.
create table app.rate_limit_policies (
  name text not null,
  quota int not null,
  window_seconds int not null,
  constraint rate_limit_policies_pkey primary key (name),
  constraint name_is_known check (name in ('user', 'vendor', 'ingest')),
  constraint quota_is_positive check (quota > 0),
  constraint window_is_at_most_an_hour check (window_seconds between 1 and 3600)
);
comment on table app.rate_limit_policies is 'Default limits of the platform; the operator changes them with an update.';
comment on column app.rate_limit_policies.name is
  'user: one person or service client; vendor: all its members together; ingest: new ingestion jobs of a vendor.';
comment on column app.rate_limit_policies.quota is 'Requests in one window.';
comment on column app.rate_limit_policies.window_seconds is 'Length of the window that a first request opens.';
alter table app.rate_limit_policies enable row level security;
alter table app.rate_limit_policies force row level security;

insert into app.rate_limit_policies (name, quota, window_seconds)
values ('user', 60, 60), ('vendor', 600, 60), ('ingest', 6, 60)
on conflict on constraint rate_limit_policies_pkey do nothing;

-- sql/tenancy/rate_limit_problem.sql
-- The problem of a request that a limit refused, as data: raised, it would roll back the very count it is about.
create or replace function app.rate_limit_problem(refused_by text, limits jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_limit jsonb := jsonb_path_query_first(
    limits, '$[*] ? (@.name == $name)', jsonb_build_object('name', rate_limit_problem.refused_by)
  );
begin
  return jsonb_build_object(
    'status', 429,
    'type', 'rate-limited',
    'detail', format(
      'The limit of %s requests in %s seconds for %s is used up.',
      v_limit ->> 'quota',
      v_limit ->> 'window',
      case rate_limit_problem.refused_by
        when 'user' then 'you'
        when 'vendor' then 'your vendor'
        else 'ingestion by your vendor'
      end
    ),
    'hint', format('Send the request again in %s seconds.', v_limit ->> 'reset'),
    'retry_after', v_limit -> 'reset'
  );
end;
$$;
comment on function app.rate_limit_problem is 'Problem 429 rate-limited with retry_after, as data.';

-- sql/tenancy/rate_limit_quota.sql
-- The quota that holds for a vendor: its own number, where it is a sound one, else the platform's.
create or replace function app.rate_limit_quota(name text, overrides jsonb, quota int)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_own text := rate_limit_quota.overrides ->> rate_limit_quota.name;
begin
  if v_own ~ '^[1-9][0-9]{0,8}$' then
    return v_own::int;
  end if;
  return rate_limit_quota.quota;
end;
$$;
comment on function app.rate_limit_quota is 'The vendor''s own quota of a policy, or the platform''s.';

-- sql/tenancy/read_as.sql
-- app.call_as on a replica: runs the statement if enough of the log has been replayed, else gives no body, and the
-- caller asks the primary. `primary_lsn` and `primary_at` are the position that app.open_request told; what a replica
-- has replayed is measured against them alone, so that the two clocks need not agree. Up to `as_of` all writes that
-- were acknowledged are here: a commit's time is taken before it is logged, an acknowledgement given after. A server
-- that is no replica, or no longer one, never answers.
create or replace function app.read_as(
  claims jsonb,
  statement text,
  arguments jsonb,
  request jsonb,
  primary_lsn pg_lsn,
  primary_at timestamptz,
  most_lag_ms int,
  out as_of timestamptz,
  out lag_ms int,
  out body text,
  out row_count int
)
language plpgsql
volatile
set search_path = ''
as $$
begin
  as_of := case
    when not pg_is_in_recovery() then null
    when pg_last_wal_replay_lsn() >= primary_lsn then primary_at
    else pg_last_xact_replay_timestamp()
  end;
  if as_of is null then
    return;
  end if;
  lag_ms := least(greatest(ceil(extract(epoch from primary_at - as_of) * 1000), 0), 2147483647);
  if lag_ms <= most_lag_ms then
    select c.body, c.row_count into body, row_count
    from app.call_as(claims, statement, arguments, request) as c;
  end if;
end;
$$;
comment on function app.read_as is
  'app.call_as on a replica that lags at most most_lag_ms behind the primary; no body when it lags more. For the owner '
  'only.';

-- sql/tenancy/refuse_own_membership.sql
-- A break-glass session ends; a membership would not. So whoever is inside one gives themselves none and changes none
-- of their own: an admin of the vendor can.
create or replace function app.refuse_own_membership(user_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if app.current_claims() ? 'break_glass' and refuse_own_membership.user_id = app.current_user_id() then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => 'A break-glass session gives no membership to the superadmin who opened it.',
      hint => 'Ask an admin of the vendor.'
    );
  end if;
end;
$$;
comment on function app.refuse_own_membership is 'Problem 403 for a superadmin''s own membership inside break-glass.';

-- sql/tenancy/remove_member.sql
-- The door to app.remove_member.
create or replace function public.remove_member(id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  select app.remove_member(remove_member.id);
$$;
comment on function public.remove_member is
  'Ends a membership or withdraws an invitation; the last active admin cannot be removed. For admins.';
grant execute on function public.remove_member to authenticated;

-- sql/tenancy/require_another_admin.sql
-- Stops what would leave a vendor without an active admin. Called under app.lock_member, so nobody changes the list in
-- between.
create or replace function app.require_another_admin(link public.user_links)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  if link.role = 'vendor_admin' and link.status = 'active' and not exists (
    select from public.user_links as l
    where l.vendor_id = link.vendor_id
      and l.role = 'vendor_admin'
      and l.status = 'active'
      and l.id <> link.id
  ) then
    perform app.raise_problem(
      status => 409,
      type => 'last-admin',
      detail => 'This is the last active admin of the vendor.',
      hint => 'Make another member vendor_admin first.'
    );
  end if;
end;
$$;
comment on function app.require_another_admin is 'Problem 409 last-admin unless the vendor has another active admin.';

-- sql/tenancy/require_permission.sql
-- Stops a caller who lacks a permission with problem 403.
create or replace function app.require_permission(permission text)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not app.has_permission(permission) then
    perform app.raise_problem(
      status => 403,
      type => 'missing-permission',
      detail => format('This needs the permission %s.', permission),
      hint => 'Ask the operator to add it to your service client.'
    );
  end if;
end;
$$;
comment on function app.require_permission is 'Problem 403 missing-permission unless the caller has the permission.';
grant execute on function app.require_permission to authenticated, service_role;

-- sql/tenancy/require_platform.sql
-- Lets superadmins and the platform itself pass, nobody else. The first line of functions that manage vendors.
create or replace function app.require_platform()
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not (app.is_service() or app.has_role('superadmin')) then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => 'Only a superadmin of the platform may do this.',
      hint => 'Ask the operator of the platform.'
    );
  end if;
end;
$$;
comment on function app.require_platform is
  'Problem 403 insufficient-role for everyone but superadmins and the service key.';
grant execute on function app.require_platform to authenticated, service_role;

-- sql/tenancy/require_vendor.sql
-- The vendor of this request, for a caller who may act there with at least this role; otherwise problem 403.
-- The first line of every function that touches a vendor's data.
create or replace function app.require_vendor(minimum text)
returns uuid
language plpgsql
stable
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.current_vendor_id();
begin
  if v_vendor_id is null then
    perform app.raise_problem(
      status => 403,
      type => 'no-vendor',
      detail => 'This request is not made for a vendor.',
      hint => 'Sign in as a member of the vendor.'
    );
  end if;
  if not app.has_role(minimum) then
    perform app.raise_problem(
      status => 403,
      type => 'insufficient-role',
      detail => format('This needs the role %s or higher.', minimum),
      hint => 'Ask an admin of the vendor.'
    );
  end if;
  return v_vendor_id;
end;
$$;
comment on function app.require_vendor is 'The caller''s vendor id, or problem 403 no-vendor / insufficient-role.';
grant execute on function app.require_vendor to authenticated, service_role;

-- sql/tenancy/resolve_caller.sql
-- Who an authenticated Appwrite user is here, as data: claims, or the problem that stops them. One indexed statement
-- for a member. Behind begin_request, which raises the problem, and open_request, which hands it on.
create or replace function app.resolve_caller(
  appwrite_user_id text,
  vendor_id uuid,
  out claims jsonb,
  out problem jsonb,
  out rate_limits jsonb
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_user_id uuid;
  v_vendor_id uuid;
  v_role text;
  v_vendor_status text;
  v_memberships bigint;
begin
  select u.id, l.vendor_id, l.role, v.status, v.settings_json -> 'rate_limits', count(l.vendor_id) over ()
  into v_user_id, v_vendor_id, v_role, v_vendor_status, rate_limits, v_memberships
  from public.users as u
  left join public.user_links as l
    on l.user_id = u.id
    and l.status = 'active'
    and (resolve_caller.vendor_id is null or l.vendor_id = resolve_caller.vendor_id)
  left join public.vendors as v on v.id = l.vendor_id
  where u.appwrite_user_id = resolve_caller.appwrite_user_id
  limit 1;

  if v_memberships > 1 then
    rate_limits := null;
    problem := jsonb_build_object(
      'status', 409,
      'type', 'vendor-ambiguous',
      'detail', 'You belong to several vendors, and the request names none.',
      'hint', 'Name one with the header X-Vendor-Id; GET /v1/memberships lists yours.'
    );
  elsif v_memberships = 1 and v_vendor_status <> 'active' then
    problem := jsonb_build_object(
      'status', 403,
      'type', 'vendor-suspended',
      'detail', 'This vendor is suspended.',
      'hint', 'Ask the operator of the platform.'
    );
  elsif v_memberships = 1 then
    claims := app.build_claims(resolve_caller.appwrite_user_id, v_user_id, v_vendor_id, v_role);
  else
    select r.claims, r.problem into claims, problem
    from app.resolve_stranger(resolve_caller.appwrite_user_id, v_user_id, resolve_caller.vendor_id) as r;
  end if;
end;
$$;
comment on function app.resolve_caller is
  'Claims of an Appwrite user, or a problem {status, type, detail, hint}; and the vendor''s own rate limits.';

-- sql/tenancy/resolve_stranger.sql
-- The rarer half of app.resolve_caller: someone without an active membership in the vendor named, or in any. A
-- superadmin gets into a vendor only through a break-glass session of their own that is open.
create or replace function app.resolve_stranger(
  appwrite_user_id text,
  user_id uuid,
  vendor_id uuid,
  out claims jsonb,
  out problem jsonb
)
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_is_admin boolean := exists (
    select from public.platform_admins as a where a.user_id = resolve_stranger.user_id
  );
  v_break_glass jsonb;
begin
  if v_is_admin and resolve_stranger.vendor_id is not null then
    v_break_glass := app.open_break_glass_session(resolve_stranger.user_id, resolve_stranger.vendor_id);
  end if;
  if resolve_stranger.vendor_id is not null and v_break_glass is null then
    -- The same answer whether that vendor exists or not.
    problem := jsonb_build_object(
      'status', 403,
      'type', 'not-a-member',
      'detail', 'You are not a member of the vendor named by X-Vendor-Id.',
      'hint', 'Name one of your own vendors, or leave the header out.'
    );
  elsif v_is_admin then
    claims := app.build_claims(
      resolve_stranger.appwrite_user_id,
      resolve_stranger.user_id,
      resolve_stranger.vendor_id,
      'superadmin',
      v_break_glass
    );
  elsif exists (
    select from public.app_clients as c
    where c.appwrite_user_id = resolve_stranger.appwrite_user_id and c.active
  ) then
    claims := app.build_claims(resolve_stranger.appwrite_user_id, resolve_stranger.user_id, null, 'client');
  else
    problem := jsonb_build_object(
      'status', 403,
      'type', 'no-membership',
      'detail', 'You are signed in, but belong to no vendor.',
      'hint', 'Ask an admin of your vendor to add you.'
    );
  end if;
end;
$$;
comment on function app.resolve_stranger is
  'Claims of superadmins and service clients, or the problem that says what is missing.';

-- sql/tenancy/result_rows.sql
-- How many rows an answer holds, for the log line of a request.
create or replace function app.result_rows(result jsonb)
returns int
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return case
    when jsonb_typeof(result -> 'data') = 'array' then jsonb_array_length(result -> 'data')
    else (result is not null)::int
  end;
end;
$$;
comment on function app.result_rows is 'Rows in `data` of a list, else 1, or 0 for null.';
grant execute on function app.result_rows to authenticated, service_role;

-- sql/tenancy/return_rate_limit.sql
-- Gives back what this very transaction took, because another limit refused the request: the row is still locked, so
-- nobody has seen the number in between. Returns the numbers as they are again.
create or replace function app.return_rate_limit(subject text, numbers jsonb)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
begin
  update app.rate_limit_buckets as b
  set used = b.used - 1
  where b.name = numbers ->> 'name' and b.subject = return_rate_limit.subject;
  return numbers || jsonb_build_object('remaining', (numbers ->> 'remaining')::int + 1);
end;
$$;
comment on function app.return_rate_limit is 'Undoes one app.take_rate_limit of the same transaction.';

-- sql/tenancy/set_db_pre_request.sql
-- Has PostgREST call app.check_request before each request, by its own setting. Without the right to set it (a server
-- that is no Supabase platform) the rest works; then access tokens hold for the minutes they live.
do $$
begin
  execute format(
    'alter role authenticator in database %I set pgrst.db_pre_request = %L', current_database(), 'app.check_request'
  );
  perform pg_notify('pgrst', 'reload config');
exception
  when insufficient_privilege or undefined_object then
    raise notice 'PostgREST will not call app.check_request: %', sqlerrm;
end;
$$;

-- sql/tenancy/signing_keys.sql
-- Keys that sign our own access tokens (token exchange). The public half is served as JWKS; the private half is a Vault
-- secret. Two live side by side while one replaces the other: the newest signs, the retired is still published.
create table app.signing_keys (
  kid text not null,
  public_jwk jsonb not null,
  secret_id uuid not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz,
  constraint signing_keys_pkey primary key (kid),
  constraint public_jwk_holds_no_private_part check (jsonb_typeof(public_jwk) = 'object' and not public_jwk ? 'd'),
  constraint retired_at_is_after_created_at check (retired_at >= created_at)
);
comment on table app.signing_keys is
  'ES256 keys of the token exchange: public parts, and where in Vault the private ones are.';
comment on column app.signing_keys.kid is 'The key''s id in token headers and in the JWKS.';
comment on column app.signing_keys.public_jwk is 'The public key as a JWK.';
comment on column app.signing_keys.secret_id is 'The Vault secret that holds the private key as a JWK.';
comment on column app.signing_keys.created_at is 'When it was made; the newest unretired key signs.';
comment on column app.signing_keys.retired_at is
  'When it stopped signing; it is published until its last tokens have expired.';

alter table app.signing_keys enable row level security;
alter table app.signing_keys force row level security;

-- sql/tenancy/take_rate_limit.sql
-- Takes one from a bucket if one is left, and tells its numbers; the row stays locked until the statement of the caller
-- commits, so that two can never take the last one. A window begins with its first request and ends window_seconds
-- later; what is refused changes nothing. A request that waited for the lock may bear an earlier time than the window:
-- it counts in it. `overrides` are the vendor's own quotas. `last_write_at` is when a request that may write was
-- last let through, this one included.
create or replace function app.take_rate_limit(
  name text,
  subject text,
  overrides jsonb,
  at timestamptz,
  is_write boolean default false,
  out allowed boolean,
  out numbers jsonb,
  out last_write_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_quota int;
  v_window int;
  v_earliest timestamptz;
  v_started_at timestamptz;
  v_used int;
  v_write_at constant timestamptz := case when take_rate_limit.is_write then take_rate_limit.at end;
begin
  select p.quota, p.window_seconds, take_rate_limit.at - make_interval(secs => p.window_seconds)
  into strict v_quota, v_window, v_earliest
  from app.rate_limit_policies as p
  where p.name = take_rate_limit.name;
  if take_rate_limit.overrides is not null then
    v_quota := app.rate_limit_quota(take_rate_limit.name, take_rate_limit.overrides, v_quota);
  end if;

  update app.rate_limit_buckets as b
  set used = case when b.window_started_at > v_earliest then b.used + 1 else 1 end,
      window_started_at = case
        when b.window_started_at > v_earliest then b.window_started_at else take_rate_limit.at
      end,
      last_write_at = coalesce(v_write_at, b.last_write_at)
  where b.name = take_rate_limit.name
    and b.subject = take_rate_limit.subject
    and (b.window_started_at <= v_earliest or b.used < v_quota)
  returning b.window_started_at, b.used, b.last_write_at into v_started_at, v_used, last_write_at;
  allowed := found;
  if not allowed then
    -- Nothing is left, or the bucket is new; of two that make it at once, the second counts on the first.
    insert into app.rate_limit_buckets as b (name, subject, window_started_at, used, last_write_at)
    values (take_rate_limit.name, take_rate_limit.subject, take_rate_limit.at, 1, v_write_at)
    on conflict on constraint rate_limit_buckets_pkey do update
    set used = b.used + 1, last_write_at = coalesce(v_write_at, b.last_write_at)
    where b.window_started_at > v_earliest and b.used < v_quota
    returning b.window_started_at, b.used, b.last_write_at into v_started_at, v_used, last_write_at;
    allowed := found;
  end if;
  if not allowed then
    select b.window_started_at, b.used into v_started_at, v_used
    from app.rate_limit_buckets as b
    where b.name = take_rate_limit.name and b.subject = take_rate_limit.subject;
  end if;
  numbers := jsonb_build_object(
    'name', take_rate_limit.name,
    'quota', v_quota,
    'window', v_window,
    'remaining', greatest(v_quota - v_used, 0),
    'reset', least(greatest(ceil(extract(epoch from v_started_at - v_earliest)), 1), v_window)::int
  );
end;
$$;
comment on function app.take_rate_limit is
  'Counts one request against a bucket: whether it is allowed, {name, quota, window, remaining, reset}, and when a '
  'request that may write was last let through.';

-- sql/tenancy/take_rate_limits.sql
-- Takes from all limits of a request, or from none: the numbers of each, the name of the one that refused, and when the
-- user last sent a request that may write.
-- Always in the order user, ingest, vendor, so that no two requests wait for each other in a ring; the row that most
-- requests share comes last and is held shortest. A subject that is null has no such limit.
create or replace function app.take_rate_limits(
  user_subject text,
  vendor_id uuid,
  is_ingest boolean,
  overrides jsonb,
  at timestamptz,
  is_write boolean default false,
  out limits jsonb,
  out refused_by text,
  out last_write_at timestamptz
)
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_variable
declare
  v_user record;
  v_ingest record;
  v_vendor record;
begin
  limits := '[]';
  if user_subject is null then
    return;
  end if;
  v_user := app.take_rate_limit('user', user_subject, overrides, at, is_write);
  last_write_at := v_user.last_write_at;
  limits := limits || v_user.numbers;
  if not v_user.allowed then
    refused_by := 'user';
    return;
  end if;
  if vendor_id is null then
    return;
  end if;

  if is_ingest then
    v_ingest := app.take_rate_limit('ingest', vendor_id::text, overrides, at);
    if not v_ingest.allowed then
      refused_by := 'ingest';
      limits := jsonb_build_array(app.return_rate_limit(user_subject, v_user.numbers), v_ingest.numbers);
      return;
    end if;
    limits := limits || v_ingest.numbers;
  end if;
  v_vendor := app.take_rate_limit('vendor', vendor_id::text, overrides, at);
  limits := limits || v_vendor.numbers;
  if not v_vendor.allowed then
    refused_by := 'vendor';
    limits := jsonb_build_array(app.return_rate_limit(user_subject, v_user.numbers));
    if is_ingest then
      limits := limits || app.return_rate_limit(vendor_id::text, v_ingest.numbers);
    end if;
    limits := limits || v_vendor.numbers;
  end if;
end;
$$;
comment on function app.take_rate_limits is
  'Counts one request against user, ingest and vendor: [{name, quota, window, remaining, reset}], which refused, and '
  'when the user last sent a request that may write.';

-- sql/tenancy/update_app_client.sql
-- The door to app.update_app_client. What is left null stays as it is.
create or replace function public.update_app_client(
  appwrite_user_id text,
  name text default null,
  permissions text[] default null,
  active boolean default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_app_client(
    update_app_client.appwrite_user_id,
    update_app_client.name,
    update_app_client.permissions,
    update_app_client.active
  );
$$;
comment on function public.update_app_client is
  'Changes name, permissions or activity of a service client. Superadmins and the service key only.';
grant execute on function public.update_app_client to authenticated, service_role;

-- sql/tenancy/update_member.sql
-- The door to app.update_member. What is left null stays as it is.
create or replace function public.update_member(id uuid, role text default null, status text default null)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_member(update_member.id, update_member.role, update_member.status);
$$;
comment on function public.update_member is
  'Changes role or status (active, suspended) of a member; the last active admin stays one. For admins.';
grant execute on function public.update_member to authenticated;

-- sql/tenancy/update_vendor.sql
-- The door to app.update_vendor. What is left null stays as it is; settings replace the former ones whole.
create or replace function public.update_vendor(
  id uuid,
  name text default null,
  status text default null,
  settings jsonb default null,
  reason text default null
)
returns jsonb
language sql
volatile
set search_path = ''
as $$
  select app.update_vendor(
    update_vendor.id, update_vendor.name, update_vendor.status, update_vendor.settings, update_vendor.reason
  );
$$;
comment on function public.update_vendor is
  'Changes name, settings or status of a vendor. Suspended: no member gets in, and its jobs pause. For superadmins.';
grant execute on function public.update_vendor to authenticated, service_role;
