-- Generated from sql/super_ids/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/super_ids/generated_super_ids.sql
-- The record of every workflow id handed out. Columns as the Super ID requirements give them. Append-only.
create table public.generated_super_ids (
  -- squawk-ignore prefer-identity
  id bigserial not null,
  super_id uuid not null,
  generated_at timestamptz not null default now(),
  requested_by_client_id text,
  metadata jsonb,
  constraint generated_super_ids_pkey primary key (id),
  constraint super_id_is_unique unique (super_id),
  constraint super_id_is_a_v4_uuid check (uuid_extract_version(super_id) = 4),
  constraint metadata_is_a_small_object check (
    metadata is null or (jsonb_typeof(metadata) = 'object' and app.json_fits(metadata, 4096))
  )
);
comment on table public.generated_super_ids is
  'Every super id ever handed out. Append-only; clients with super_id:read may read it.';
comment on column public.generated_super_ids.id is 'Running number of the record.';
comment on column public.generated_super_ids.super_id is 'The id handed out: a random (version 4) uuid.';
comment on column public.generated_super_ids.generated_at is 'When it was made and recorded.';
comment on column public.generated_super_ids.requested_by_client_id is
  'Who asked: the client''s Appwrite id or the sub of its token; null when nobody was named.';
comment on column public.generated_super_ids.metadata is
  'What the client wished to note with it: an object of at most 4 KiB; null for nothing.';

create trigger refuse_change_trigger
before update or delete or truncate on public.generated_super_ids
for each statement execute function app.refuse_change();

alter table public.generated_super_ids enable row level security;
alter table public.generated_super_ids force row level security;
create policy "clients with super_id:read read the record" on public.generated_super_ids
for select to authenticated
using ((select app.has_permission('super_id:read')));
grant select on public.generated_super_ids to authenticated;
grant select, insert on public.generated_super_ids to service_role;
grant usage on sequence public.generated_super_ids_id_seq to service_role;

-- sql/super_ids/app_mint_super_ids.sql
-- Super ids for the caller, who needs super_id:generate. Definer, because clients have no grant to insert: an id of
-- their own choosing must not get into the record.
create or replace function app.mint_super_ids(count int, metadata jsonb)
returns setof uuid
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_claims jsonb := app.current_claims();
begin
  perform app.require_permission('super_id:generate');
  return query
  select s
  from app.record_super_ids(
    coalesce(v_claims ->> 'appwrite_user_id', v_claims ->> 'client_id', v_claims ->> 'sub', v_claims ->> 'role'),
    mint_super_ids.count,
    mint_super_ids.metadata
  ) as s;
end;
$$;
comment on function app.mint_super_ids is
  'Makes and records super ids in the caller''s name; problem 403 without super_id:generate.';
grant execute on function app.mint_super_ids to authenticated, service_role;

-- sql/super_ids/get_super_id.sql
-- One record, for clients with super_id:read. An invoker: row level security is the second lock.
create or replace function public.get_super_id(super_id uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_record jsonb;
begin
  perform app.require_permission('super_id:read');
  select jsonb_build_object(
    'super_id', g.super_id,
    'generated_at', g.generated_at,
    'requested_by_client_id', g.requested_by_client_id,
    'metadata', g.metadata
  ) into v_record
  from public.generated_super_ids as g
  where g.super_id = get_super_id.super_id;
  if v_record is null then
    perform app.raise_problem(404, 'not-found', 'No such super id was handed out.');
  end if;
  return v_record;
end;
$$;
comment on function public.get_super_id is
  'The record of a super id; problem 403 without super_id:read, 404 when unknown.';
grant execute on function public.get_super_id to authenticated, service_role;

-- sql/super_ids/given_super_id.sql
-- The super id an orchestrator sends along (header X-Super-Id), so that what starts here becomes part of its workflow.
-- Only recorded ids are taken: a mistyped one would tie the story to nothing. Definer: members may not read them.
create or replace function app.given_super_id()
returns uuid
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_given constant text := app.request_context() ->> 'super_id';
begin
  if v_given is null then
    return null;
  end if;
  if pg_input_is_valid(v_given, 'uuid')
    and exists (select from public.generated_super_ids as g where g.super_id = v_given::uuid) then
    return v_given::uuid;
  end if;
  perform app.raise_problem(400, 'invalid-input', 'X-Super-Id names no recorded super id.',
    jsonb '[{"pointer": "/X-Super-Id", "code": "unknown",
      "detail": "must be a super id from POST /super_ids, or be left out"}]');
end;
$$;
comment on function app.given_super_id is
  'The recorded super id of the request''s header X-Super-Id, null without one; problem 400 when it is not recorded.';

-- sql/super_ids/mint_super_ids.sql
-- The door to app.mint_super_ids for rpc(); it checks the caller itself. In plpgsql because it is hot: a sql function
-- plans its statement at every call, which took as long as the insert itself.
create or replace function public.mint_super_ids(count int default 1, metadata jsonb default null)
returns setof uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return query select s from app.mint_super_ids(mint_super_ids.count, mint_super_ids.metadata) as s;
end;
$$;
comment on function public.mint_super_ids is
  'Makes and records 1 to 1000 super ids. Needs super_id:generate or the service key.';
grant execute on function public.mint_super_ids to authenticated, service_role;

-- sql/super_ids/record_super_ids.sql
-- Makes and records super ids in one statement: no id exists that is not recorded. Checks the input, not the caller.
create or replace function app.record_super_ids(requested_by text, count int, metadata jsonb)
returns setof uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_errors jsonb := '[]';
begin
  if record_super_ids.count between 1 and 1000 is not true then
    v_errors := v_errors ||
      jsonb '{"pointer": "/count", "code": "out_of_range", "detail": "A whole number from 1 to 1000."}';
  end if;
  if jsonb_typeof(record_super_ids.metadata) <> 'object' then
    v_errors := v_errors || jsonb '{"pointer": "/metadata", "code": "invalid", "detail": "A JSON object."}';
  elsif not app.json_fits(record_super_ids.metadata, 4096) then
    v_errors := v_errors || jsonb '{"pointer": "/metadata", "code": "too_large", "detail": "At most 4096 bytes."}';
  end if;
  if v_errors <> '[]' then
    perform app.raise_problem(400, 'invalid-input', 'No super ids can be made from this.', v_errors);
  end if;

  return query
  insert into public.generated_super_ids (super_id, requested_by_client_id, metadata)
  select gen_random_uuid(), record_super_ids.requested_by, record_super_ids.metadata
  from generate_series(1, record_super_ids.count)
  returning super_id;
end;
$$;
comment on function app.record_super_ids is
  'Makes and records 1 to 1000 super ids; problem 400 names /count or /metadata.';

-- sql/super_ids/start_workflow.sql
-- The super id of a workflow that starts inside the database or the api (an ingestion job, for example): the one the
-- request brings, else a new one.
create or replace function app.start_workflow(requested_by text, metadata jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
begin
  return coalesce(
    app.given_super_id(),
    (select s from app.record_super_ids(start_workflow.requested_by, 1, start_workflow.metadata) as s)
  );
end;
$$;
comment on function app.start_workflow is
  'The super id a workflow goes by: that of the request''s header X-Super-Id, else a new recorded one.';
