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
-- there, except inside a break-glass session, whose claims carry the vendor; then they count as its admin.
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
  if v_role = 'superadmin' then
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
-- The people an admin may see: everyone linked to the vendor of this request. Empty for all other callers.
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
  return array(select l.user_id from public.user_links as l where l.vendor_id = app.current_vendor_id());
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

-- sql/tenancy/begin_request.sql
-- Who an authenticated Appwrite user is here: the claims of their request, or the problem that stops it. Called by
-- our functions as the owner, once a request, so it is one indexed statement for a member.
-- A superadmin without membership gets claims without a vendor, a service client the role `client`.
create or replace function app.begin_request(appwrite_user_id text, vendor_id uuid default null)
returns jsonb
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
  select u.id, l.vendor_id, l.role, v.status, count(l.vendor_id) over ()
  into v_user_id, v_vendor_id, v_role, v_vendor_status, v_memberships
  from public.users as u
  left join public.user_links as l
    on l.user_id = u.id
    and l.status = 'active'
    and (begin_request.vendor_id is null or l.vendor_id = begin_request.vendor_id)
  left join public.vendors as v on v.id = l.vendor_id
  where u.appwrite_user_id = begin_request.appwrite_user_id
  limit 1;

  if v_memberships > 1 then
    perform app.raise_problem(
      status => 409,
      type => 'vendor-ambiguous',
      detail => 'You belong to several vendors, and the request names none.',
      hint => 'Name one with the header X-Vendor-Id; GET /v1/me lists yours.'
    );
  elsif v_memberships = 1 then
    if v_vendor_status <> 'active' then
      perform app.raise_problem(
        status => 403,
        type => 'vendor-suspended',
        detail => 'This vendor is suspended.',
        hint => 'Ask the operator of the platform.'
      );
    end if;
    return app.build_claims(begin_request.appwrite_user_id, v_user_id, v_vendor_id, v_role);
  end if;
  return app.begin_request_without_membership(begin_request.appwrite_user_id, v_user_id, begin_request.vendor_id);
end;
$$;
comment on function app.begin_request is
  'Claims of an Appwrite user, or problem no-membership, not-a-member, vendor-suspended (403), vendor-ambiguous (409).';

-- sql/tenancy/begin_request_without_membership.sql
-- The rarer half of app.begin_request: someone without an active membership in the vendor named, or in any.
create or replace function app.begin_request_without_membership(
  appwrite_user_id text,
  user_id uuid,
  vendor_id uuid
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_variable
begin
  if vendor_id is not null then
    -- The same answer whether that vendor exists or not.
    perform app.raise_problem(
      status => 403,
      type => 'not-a-member',
      detail => 'You are not a member of the vendor named by X-Vendor-Id.',
      hint => 'Name one of your own vendors, or leave the header out.'
    );
  end if;
  if exists (select from public.platform_admins as a where a.user_id = begin_request_without_membership.user_id) then
    return app.build_claims(appwrite_user_id, user_id, null, 'superadmin');
  end if;
  if exists (
    select from public.app_clients as c
    where c.appwrite_user_id = begin_request_without_membership.appwrite_user_id and c.active
  ) then
    return app.build_claims(appwrite_user_id, user_id, null, 'client');
  end if;
  perform app.raise_problem(
    status => 403,
    type => 'no-membership',
    detail => 'You are signed in, but belong to no vendor.',
    hint => 'Ask an admin of your vendor to add you.'
  );
end;
$$;
comment on function app.begin_request_without_membership is
  'Claims of superadmins and service clients, or the problem that says what is missing.';

-- sql/tenancy/build_claims.sql
-- The claims of a request or an access token, in their one fixed form; what does not apply is left out.
create or replace function app.build_claims(
  appwrite_user_id text,
  user_id uuid default null,
  vendor_id uuid default null,
  app_role text default null
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
    'appwrite_user_id', appwrite_user_id
  ));
end;
$$;
comment on function app.build_claims is 'Claims {role, sub, vendor_id, app_role, appwrite_user_id} of one caller.';

-- sql/tenancy/call_as.sql
-- Runs one statement as the caller, in a single round trip: enters the request, then executes. For our functions,
-- connected as the owner; nobody else may call it. The statement takes its arguments as one jsonb value ($1) and gives
-- one jsonb value. Executed dynamically, so grants are checked and plans are made after the role has changed.
create or replace function app.call_as(
  claims jsonb,
  statement text,
  arguments jsonb,
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
  perform app.enter_request(claims);
  execute statement into v_result using arguments;
  body := v_result::text;
  row_count := case
    when jsonb_typeof(v_result -> 'data') = 'array' then jsonb_array_length(v_result -> 'data')
    else (v_result is not null)::int
  end;
end;
$$;
comment on function app.call_as is 'Result of one statement run as the caller, as JSON text, and how many rows it holds. For the owner only.';

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
comment on function app.claim_signing_key is 'The signing key: the one given when it is the first, else the one there is.';

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

-- sql/tenancy/create_leaf_partitions.sql
-- The hash leaves under one vendor's part of one table. Called by app.create_vendor_partitions only.
create or replace function app.create_leaf_partitions(vendor_part regclass, spec app.partitioned_tables)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_leaf text;
  v_column text;
begin
  for v_remainder in 0 .. spec.modulus - 1 loop
    v_leaf := format('%s_%s', split_part(vendor_part::text, '.', 2), to_char(v_remainder, 'fm00'));
    execute format('create table partitions.%I (like %s including all excluding comments)', v_leaf, vendor_part);
    execute format('alter table partitions.%I enable row level security, force row level security', v_leaf);
    foreach v_column in array spec.columns_without_statistics loop
      execute format('alter table partitions.%I alter column %I set statistics 0', v_leaf, v_column);
    end loop;
    execute format(
      'alter table %s attach partition partitions.%I for values with (modulus %s, remainder %s)',
      vendor_part, v_leaf, spec.modulus, v_remainder
    );
  end loop;
end;
$$;
comment on function app.create_leaf_partitions is
  'Makes and attaches the hash leaves of one vendor''s part of a table.';

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
-- Makes the rest of the transaction the caller's: role authenticated and their claims, as PostgREST does it.
-- Takes no other role, so that a mistake in the claims cannot raise anyone.
create or replace function app.enter_request(claims jsonb)
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
  perform set_config('role', 'authenticated', true);
end;
$$;
comment on function app.enter_request is 'Sets role and claims for the rest of the transaction.';

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
comment on table app.signing_keys is 'ES256 keys of the token exchange: public parts, and where in Vault the private ones are.';
comment on column app.signing_keys.kid is 'The key''s id in token headers and in the JWKS.';
comment on column app.signing_keys.public_jwk is 'The public key as a JWK.';
comment on column app.signing_keys.secret_id is 'The Vault secret that holds the private key as a JWK.';
comment on column app.signing_keys.created_at is 'When it was made; the newest unretired key signs.';
comment on column app.signing_keys.retired_at is 'When it stopped signing; it is published until its last tokens have expired.';

alter table app.signing_keys enable row level security;
alter table app.signing_keys force row level security;
