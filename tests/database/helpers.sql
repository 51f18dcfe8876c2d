-- Verbs for pgTAP tests: make people, become them, read problems. Schema `tests` is never shipped.
-- All of it acts inside the test's transaction, so the closing rollback takes it away.
create schema if not exists tests;

create table if not exists tests.people (
  name text primary key,
  appwrite_user_id text not null,
  user_id uuid
);

-- Becomes the owner again, with no claims: as migrations, workers and the functions' own connection act.
create or replace function tests.reset_role() returns void
language plpgsql set search_path = ''
as $$
begin
  perform set_config('role', 'none', true);
  perform set_config('request.jwt.claims', '', true);
end;
$$;

-- The id of a vendor, found as the owner whoever asks.
create or replace function tests.vendor_id(code text) returns uuid
language sql stable security definer set search_path = ''
as $$ select v.id from public.vendors as v where v.code = vendor_id.code $$;

create or replace function tests.user_id(name text) returns uuid
language sql stable security definer set search_path = ''
as $$ select p.user_id from tests.people as p where p.name = user_id.name $$;

-- Makes a vendor with its partitions, as the owner; returns its id. A second call finds the first's.
create or replace function tests.create_vendor(code text) returns uuid
language plpgsql set search_path = ''
as $$
begin
  perform tests.reset_role();
  if tests.vendor_id(code) is null then
    perform public.create_vendor(code, initcap(code));
  end if;
  return tests.vendor_id(code);
end;
$$;

-- A user without any rights; returns users.id. Their Appwrite id is `aw_<name>`.
create or replace function tests.create_user(name text) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_user_id uuid;
begin
  perform tests.reset_role();
  v_user_id := app.ensure_user('aw_' || name, name || '@example.test', initcap(name));
  insert into tests.people values (name, 'aw_' || name, v_user_id) on conflict do nothing;
  return v_user_id;
end;
$$;

-- A user with a role in a vendor (made when missing); call it again for a second vendor. Returns users.id.
create or replace function tests.create_member(name text, vendor_code text, role text) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_user_id uuid := tests.create_user(name);
begin
  perform app.ensure_member(tests.create_vendor(vendor_code), v_user_id, role);
  return v_user_id;
end;
$$;

create or replace function tests.create_superadmin(name text) returns uuid
language plpgsql set search_path = ''
as $$
declare
  v_user_id uuid := tests.create_user(name);
begin
  perform app.ensure_platform_admin(v_user_id);
  return v_user_id;
end;
$$;

-- A service client; it has no row in users.
create or replace function tests.create_client(name text, permissions text[]) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tests.reset_role();
  perform app.ensure_app_client('aw_' || name, name, permissions);
  insert into tests.people values (name, 'aw_' || name, null) on conflict do nothing;
end;
$$;

-- Becomes a person made above, through the same door as a request: begin_request, then enter_request.
create or replace function tests.act_as(name text, vendor_code text default null) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tests.reset_role();
  perform app.enter_request(app.begin_request(p.appwrite_user_id, tests.vendor_id(vendor_code)))
  from tests.people as p
  where p.name = act_as.name;
  if not found then
    raise exception 'nobody called % was made in this test', name;
  end if;
end;
$$;

create or replace function tests.act_as_role(role text) returns void
language plpgsql set search_path = ''
as $$
begin
  perform tests.reset_role();
  perform set_config('request.jwt.claims', json_build_object('role', role)::text, true);
  perform set_config('role', role, true);
end;
$$;

-- Becomes the holder of the secret key.
create or replace function tests.act_as_service() returns void
language sql set search_path = ''
as $$ select tests.act_as_role('service_role') $$;

-- Becomes somebody with the publishable key and no token.
create or replace function tests.act_as_anon() returns void
language sql set search_path = ''
as $$ select tests.act_as_role('anon') $$;

-- Runs a statement as the present role and tells the problem it raised:
-- {"status", "type", "detail", "errors", "hint"}; status is the SQLSTATE when it is no problem of
-- ours. Null when it passed.
create or replace function tests.problem_of(statement text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
  v_detail text;
  v_hint text;
begin
  execute statement;
  return null;
exception when others then
  get stacked diagnostics v_detail = pg_exception_detail, v_hint = pg_exception_hint;
  if sqlstate like 'PT%' then
    return v_detail::jsonb || jsonb_build_object('status', right(sqlstate, 3)::int, 'detail', sqlerrm, 'hint', v_hint);
  end if;
  return jsonb_build_object('status', sqlstate, 'detail', sqlerrm);
end;
$$;

-- One assertion: the statement is refused with this status and type.
create or replace function tests.refuses(statement text, status int, type text, description text) returns text
language plpgsql set search_path = 'public', 'extensions'
as $$
declare
  v_problem jsonb := tests.problem_of(statement);
begin
  return is(
    coalesce(v_problem ->> 'status', 'none') || ' ' || coalesce(v_problem ->> 'type', v_problem ->> 'detail', ''),
    status || ' ' || type,
    description
  );
end;
$$;

-- One assertion: the database itself forbids the statement (no grant, or a policy).
create or replace function tests.forbids(statement text, description text) returns text
language plpgsql set search_path = 'public', 'extensions'
as $$
begin
  return is(coalesce(tests.problem_of(statement) ->> 'status', 'none'), '42501', description);
end;
$$;

grant usage on schema tests to anon, authenticated, service_role;
grant execute on all functions in schema tests to anon, authenticated, service_role;
