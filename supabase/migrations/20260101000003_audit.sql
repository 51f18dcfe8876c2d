-- Generated from sql/audit/ by npm run migrations. Do not edit: change the sources and run it again.
-- Bodies are not checked here, because functions may call ones that a later file makes.
set check_function_bodies = off;
set lock_timeout = '10s';
set statement_timeout = '10min';

-- sql/audit/audit_log.sql
-- Who did what, to what, from where, and why: kept six years, a partition a month. Rows are only ever added: triggers
-- refuse update, delete and truncate to everybody, on the parent and on every partition. Writers add rows and wait for
-- nobody; a sealer numbers and hashes them behind their backs into app.audit_seals, which makes a change show.
create table public.audit_log (
  id bigint generated always as identity,
  "timestamp" timestamptz not null default clock_timestamp(),
  actor_user_id uuid,
  actor_client_id text,
  actor_role text not null,
  vendor_id uuid,
  action text not null,
  entity text not null,
  entity_id text,
  before jsonb,
  after jsonb,
  ip inet,
  ua text,
  request_id text,
  justification text,
  xact xid8 not null default pg_current_xact_id(),
  constraint audit_log_pkey primary key (id, "timestamp"),
  constraint action_is_noun_dot_verb check (action ~ '^[a-z_]+\.[a-z_]+$')
) partition by range ("timestamp");
create index audit_log_vendor_id_idx on public.audit_log (vendor_id, "timestamp", id);
create index audit_log_entity_id_idx on public.audit_log (entity_id, "timestamp") where entity_id is not null;
create index audit_log_xact_idx on public.audit_log (xact, id);
comment on table public.audit_log is
  'The audit log. Admins read their vendor''s rows, superadmins those of the platform; nobody changes any.';
comment on column public.audit_log.id is 'Names the row; grows, though not strictly in the order of commits.';
comment on column public.audit_log."timestamp" is 'When it happened.';
comment on column public.audit_log.actor_user_id is
  'users.id of who did it; null for service clients and the platform.';
comment on column public.audit_log.actor_client_id is
  'Appwrite id of the caller, or the name of a service client; null for the platform.';
comment on column public.audit_log.actor_role is
  'Their role then: vendor_viewer to vendor_admin, superadmin, client, service (the platform), or unknown.';
comment on column public.audit_log.vendor_id is 'Whose data it is about; null for what concerns the platform.';
comment on column public.audit_log.action is 'What was done, such as health.read, member.updated, break_glass.opened.';
comment on column public.audit_log.entity is 'The kind of thing it was done to, such as customer.';
comment on column public.audit_log.entity_id is 'Which one; null where it is no single thing.';
comment on column public.audit_log.before is 'What was there, as far as it changed; null for reads and additions.';
comment on column public.audit_log.after is 'What is there now, as far as it changed; null for reads and removals.';
comment on column public.audit_log.ip is 'Address the request came from; null outside a request.';
comment on column public.audit_log.ua is 'User agent of the request, at most 400 characters.';
comment on column public.audit_log.request_id is 'X-Request-Id of the request.';
comment on column public.audit_log.justification is 'The reason given; always there inside a break-glass session.';
comment on column public.audit_log.xact is 'The transaction that wrote it: the order in which rows are sealed.';

create trigger refuse_change_trigger
before update or delete or truncate on public.audit_log
for each statement execute function app.refuse_change();
-- Always: not even a session that replays a replication stream gets by.
alter table public.audit_log enable always trigger refuse_change_trigger;

alter table public.audit_log enable row level security;
alter table public.audit_log force row level security;
create policy "admins read their vendor's rows" on public.audit_log
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_admin')));
create policy "superadmins read the platform's rows" on public.audit_log
for select to authenticated
using (vendor_id is null and (select app.is_platform_admin()));
grant select on public.audit_log to authenticated, service_role;

-- sql/audit/audit_seals.sql
-- The hash chain over the audit log: one row for each sealed audit row, in the order of sealing. A hash covers the row
-- and the hash before it, so a change of one row shows at every later one. Its own table, so that sealing never updates
-- an audit row; its partitions go with the months of the log, and previous_hash lets what remains stand by itself.
create table app.audit_seals (
  seq bigint not null,
  audit_id bigint not null,
  audit_timestamp timestamptz not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_seals_pkey primary key (seq, audit_timestamp),
  constraint hashes_are_sha256 check (octet_length(previous_hash) = 32 and octet_length(hash) = 32)
) partition by range (audit_timestamp);
create index audit_seals_audit_id_idx on app.audit_seals (audit_id);
comment on table app.audit_seals is 'Number and hash of each sealed row of the audit log.';
comment on column app.audit_seals.seq is 'Place in the chain: 1, 2, 3, without a gap.';
comment on column app.audit_seals.audit_id is 'The audit row''s id.';
comment on column app.audit_seals.audit_timestamp is 'The audit row''s time; decides the partition, as there.';
comment on column app.audit_seals.previous_hash is 'The hash at seq - 1; 32 zero bytes for the first.';
comment on column app.audit_seals.hash is 'SHA-256 of previous_hash and the canonical row.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_seals
for each statement execute function app.refuse_change();
alter table app.audit_seals enable always trigger refuse_change_trigger;
alter table app.audit_seals enable row level security;
alter table app.audit_seals force row level security;

-- sql/audit/create_audit_partition.sql
-- One month of the audit log or of its seals, closed to change like its parent: a statement trigger on the parent does
-- not see statements that name the partition.
create or replace function app.create_audit_partition(parent regclass, key text, part text, from_time timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_to timestamptz := (from_time at time zone 'utc' + interval '1 month') at time zone 'utc';
begin
  execute format(
    'create table partitions.%I (like %s including all excluding comments excluding identity)', part, parent
  );
  execute format('alter table partitions.%I enable row level security, force row level security', part);
  execute format(
    'create trigger refuse_change_trigger before update or delete or truncate on partitions.%I '
    'for each statement execute function app.refuse_change()',
    part
  );
  execute format('alter table partitions.%I enable always trigger refuse_change_trigger', part);
  execute format(
    'alter table %s attach partition partitions.%I for values from (%L) to (%L)', parent, part, from_time, v_to
  );
end;
$$;
comment on function app.create_audit_partition is 'Makes and attaches one month of an audit table.';

-- sql/audit/create_audit_partitions.sql
-- Makes the monthly partitions of the audit log and of its seals, from the present month so many months ahead; what is
-- there stays. Built apart and attached, so writers go on. There is no default partition: it would have to be searched
-- at every attach. Instead months are made long before, by migration and then by a schedule.
create or replace function app.create_audit_partitions(months_ahead int default 12, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_month constant timestamp := date_trunc('month', create_audit_partitions.at at time zone 'utc');
  v_from timestamptz;
  v_part text;
  v_made int := 0;
  v_table record;
begin
  for v_table in
    select t.parent, t.key
    from (values ('public.audit_log', 'timestamp'), ('app.audit_seals', 'audit_timestamp')) as t (parent, key)
  loop
    for v_offset in 0 .. months_ahead loop
      v_from := (v_month + make_interval(months => v_offset)) at time zone 'utc';
      v_part := format('%s_%s', split_part(v_table.parent, '.', 2), to_char(v_from at time zone 'utc', 'yyyy_mm'));
      continue when to_regclass(format('partitions.%I', v_part)) is not null;
      perform app.create_audit_partition(v_table.parent::regclass, v_table.key, v_part, v_from);
      v_made := v_made + 1;
    end loop;
  end loop;
  return v_made;
end;
$$;
comment on function app.create_audit_partitions is
  'Makes what is missing of the audit log''s partitions for this month and so many more; returns how many.';

-- sql/audit/audit_change.sql
-- Row trigger for tables whose every change belongs into the audit log, whoever makes it: people, commands, a hand in
-- the database. Arguments: the entity, the column that names it, and columns to leave out (secrets, counters). Of an
-- update only what differs is kept; an update that changes nothing else leaves no row.
create or replace function app.audit_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_row jsonb := coalesce(v_after, v_before);
  v_hidden text[] := array['created_at', 'updated_at'] || tg_argv[2:];
  v_vendor_id uuid := case when tg_argv[0] = 'vendor' then v_row ->> 'id' else v_row ->> 'vendor_id' end;
begin
  v_before := v_before - v_hidden;
  v_after := v_after - v_hidden;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, a.value) into v_before, v_after
    from jsonb_each(v_before) as b
    join jsonb_each(v_after) as a on a.key = b.key and a.value <> b.value;
    if v_before is null then
      return null;
    end if;
  end if;
  perform app.write_audit(
    action => format(
      '%s.%s', tg_argv[0], case tg_op when 'INSERT' then 'added' when 'UPDATE' then 'updated' else 'removed' end
    ),
    entity => tg_argv[0],
    entity_id => v_row ->> tg_argv[1],
    before => v_before,
    after => v_after,
    vendor_id => v_vendor_id
  );
  return null;
end;
$$;
comment on function app.audit_change is
  'After-row trigger: writes <entity>.added, .updated or .removed with what changed. Arguments: entity, key, hidden '
  'columns.';

-- sql/audit/app_verify_audit_log.sql
-- Checks a stretch of the chain, the end of the chain itself, and that no row was slipped in behind it. Definer,
-- because seals and other vendors' rows are closed to the caller: the answer names no row but by number.
create or replace function app.verify_audit_log(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_from bigint := coalesce(verify_audit_log.from_seq, 1);
  v_to bigint;
  v_broken jsonb;
begin
  if not (app.is_service() or app.has_role('superadmin')) then
    perform app.require_vendor('vendor_admin');
  end if;
  if least(verify_audit_log.from_seq, verify_audit_log.to_seq) < 1 then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error(
      case when verify_audit_log.from_seq < 1 then '/from_seq' else '/to_seq' end,
      'invalid_value', 'must be a place in the chain, from 1'
    )));
  end if;
  select s.* into v_sealer from app.audit_sealer as s;
  v_to := least(coalesce(verify_audit_log.to_seq, v_from + 99999), v_from + 99999, v_sealer.seq);
  v_broken := app.find_broken_seal(v_from, v_to);
  if v_broken is null and v_to >= v_from then
    -- The last place asked for, and the head the sealer remembers, must be there.
    if not exists (select from app.audit_seals as s where s.seq = v_to) and not app.seals_were_retired(v_to, v_to)
      or v_to = v_sealer.seq
      and not exists (select from app.audit_seals as s where s.seq = v_to and s.hash = v_sealer.hash)
    then
      v_broken := jsonb_build_object('seq', v_to, 'audit_id', null, 'code', 'seal_missing');
    end if;
  end if;
  if v_broken is null and v_to = v_sealer.seq then
    -- A chain that was cut short, and a sealer that was told to know nothing of it.
    select jsonb_build_object('seq', min(c.seq), 'audit_id', null, 'code', 'seal_missing') into v_broken
    from app.audit_checkpoints as c
    where c.seq > v_sealer.seq
    having count(*) > 0;
  end if;
  if v_broken is null then
    v_broken := app.find_unsealed_row(v_from, v_to);
  end if;
  return jsonb_build_object(
    'valid', v_broken is null,
    'first_broken', v_broken,
    'from_seq', v_from,
    'to_seq', v_to,
    'checked', (select count(*) from app.audit_seals as s where s.seq between v_from and v_to),
    'hash', (select encode(s.hash, 'hex') from app.audit_seals as s where s.seq = v_to),
    'next_seq', case when v_to < v_sealer.seq then v_to + 1 end,
    'head', jsonb_build_object('seq', v_sealer.seq, 'hash', encode(v_sealer.hash, 'hex'))
  );
end;
$$;
comment on function app.verify_audit_log is 'Checks up to 100,000 places of the audit chain; problem 403.';
grant execute on function app.verify_audit_log to authenticated, service_role;

-- sql/audit/audit_break_glass_request.sql
-- Notes a request inside a break-glass session, with the session's justification, before the request can do anything.
create or replace function app.audit_break_glass_request(claims jsonb, request jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.insert_audit(
    claims,
    request,
    (claims ->> 'vendor_id')::uuid,
    'break_glass.request',
    'break_glass_session',
    claims #>> '{break_glass,id}',
    null,
    jsonb_strip_nulls(jsonb_build_object('method', request ->> 'method', 'path', request ->> 'path')),
    null
  );
end;
$$;
comment on function app.audit_break_glass_request is 'Adds break_glass.request to the audit log.';

-- sql/audit/audit_checkpoints.sql
-- The head of the chain as it was at certain moments: at least daily while there is anything new. Small and kept for
-- ever, so that a month can still be held to something when the months before it are gone, and worth copying elsewhere.
create table app.audit_checkpoints (
  seq bigint not null,
  hash bytea not null,
  created_at timestamptz not null default now(),
  constraint audit_checkpoints_pkey primary key (seq),
  constraint hash_is_a_sha256 check (octet_length(hash) = 32)
);
comment on table app.audit_checkpoints is 'Heads of the audit chain, written down as it grows.';
comment on column app.audit_checkpoints.seq is 'The place in the chain.';
comment on column app.audit_checkpoints.hash is 'The hash at that place.';
comment on column app.audit_checkpoints.created_at is 'When it was written down.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_checkpoints
for each statement execute function app.refuse_change();
alter table app.audit_checkpoints enable always trigger refuse_change_trigger;
alter table app.audit_checkpoints enable row level security;
alter table app.audit_checkpoints force row level security;

-- sql/audit/audit_head.sql
-- The head of the chain, and how far sealing is behind. Publish seq and hash where the owner of the database cannot
-- change them; verify_audit_log then proves that all up to there is as it was.
create or replace function app.audit_head()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_build_object(
      'seq', s.seq,
      'hash', encode(s.hash, 'hex'),
      'unsealed', (
        select count(*) from public.audit_log as a
        where (a.xact, a.id) > (s.last_xact, s.last_id) and a.id > s.floor_id
      ),
      'oldest_unsealed', (
        select min(a."timestamp") from public.audit_log as a
        where (a.xact, a.id) > (s.last_xact, s.last_id) and a.id > s.floor_id
      ),
      'months_until', (
        select max(right(c.relname, 7))
        from pg_catalog.pg_inherits as i
        join pg_catalog.pg_class as c on c.oid = i.inhrelid
        where i.inhparent = 'public.audit_log'::regclass
      )
    )
    from app.audit_sealer as s
  );
end;
$$;
comment on function app.audit_head is
  'Head of the audit chain {seq, hash}, rows not sealed yet {unsealed, oldest_unsealed}, and the last month prepared.';

-- sql/audit/audit_refusal.sql
-- Notes that somebody was refused, in a transaction of its own, since the refused one leaves nothing. Called by our
-- functions as the owner. Who is no member anywhere stands in the platform's rows, not in those of the vendor they
-- named: a stranger must not be able to fill a vendor's log.
create or replace function app.audit_refusal(
  appwrite_user_id text,
  vendor_id uuid,
  reason text,
  request jsonb default null,
  claims jsonb default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.insert_audit(
    coalesce(
      audit_refusal.claims,
      jsonb_strip_nulls(jsonb_build_object(
        'appwrite_user_id', audit_refusal.appwrite_user_id,
        'sub', (select u.id from public.users as u where u.appwrite_user_id = audit_refusal.appwrite_user_id)
      ))
    ),
    audit_refusal.request,
    (audit_refusal.claims ->> 'vendor_id')::uuid,
    'access.refused',
    'vendor',
    audit_refusal.vendor_id::text,
    null,
    jsonb_strip_nulls(jsonb_build_object(
      'reason', audit_refusal.reason,
      'method', audit_refusal.request ->> 'method',
      'path', audit_refusal.request ->> 'path'
    )),
    null
  );
end;
$$;
comment on function app.audit_refusal is
  'Adds access.refused with the problem''s slug to the audit log. For the owner only.';

-- sql/audit/audit_retired_months.sql
-- Which places of the chain went with a month past its retention: the only gaps that verification accepts.
create table app.audit_retired_months (
  part text not null,
  first_seq bigint not null,
  last_seq bigint not null,
  retired_at timestamptz not null default now(),
  constraint audit_retired_months_pkey primary key (part),
  constraint last_seq_is_not_before_first_seq check (last_seq >= first_seq)
);
comment on table app.audit_retired_months is 'Months of the audit log that were dropped after six years.';
comment on column app.audit_retired_months.part is 'Name of the partition of seals.';
comment on column app.audit_retired_months.first_seq is 'Its first place in the chain.';
comment on column app.audit_retired_months.last_seq is 'Its last place in the chain.';
comment on column app.audit_retired_months.retired_at is 'When it was dropped.';

create trigger refuse_change_trigger
before update or delete or truncate on app.audit_retired_months
for each statement execute function app.refuse_change();
alter table app.audit_retired_months enable always trigger refuse_change_trigger;
alter table app.audit_retired_months enable row level security;
alter table app.audit_retired_months force row level security;

-- sql/audit/audit_row_text.sql
-- One audit row as text, the same for ever: what a seal's hash covers. Times are microseconds since 1970, so no time
-- zone setting matters. Never change it: every seal made before would break.
create or replace function app.audit_row_text(audit_row public.audit_log)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  return jsonb_build_array(
    audit_row.id,
    (extract(epoch from audit_row."timestamp") * 1000000)::bigint,
    audit_row.actor_user_id,
    audit_row.actor_client_id,
    audit_row.actor_role,
    audit_row.vendor_id,
    audit_row.action,
    audit_row.entity,
    audit_row.entity_id,
    audit_row.before,
    audit_row.after,
    host(audit_row.ip),
    audit_row.ua,
    audit_row.request_id,
    audit_row.justification,
    audit_row.xact::text
  )::text;
end;
$$;
comment on function app.audit_row_text is 'The canonical text of an audit row.';

-- sql/audit/audit_sealer.sql
-- Where the sealer stands; one row. The chain itself is the truth, this only says where to go on.
create table app.audit_sealer (
  only_row boolean not null default true,
  seq bigint not null default 0,
  hash bytea not null default decode(repeat('00', 32), 'hex'),
  last_xact xid8 not null default '0',
  last_id bigint not null default 0,
  floor_id bigint not null default 0,
  constraint audit_sealer_pkey primary key (only_row),
  constraint there_is_one_row check (only_row)
);
comment on table app.audit_sealer is 'The sealer''s place in the audit log.';
comment on column app.audit_sealer.seq is 'Rows sealed so far.';
comment on column app.audit_sealer.hash is 'The head hash.';
comment on column app.audit_sealer.last_xact is 'Transaction of the last sealed row; sealing goes by (xact, id).';
comment on column app.audit_sealer.last_id is 'Id of the last sealed row.';
comment on column app.audit_sealer.floor_id is
  'Rows up to this id were sealed in a former life of the database: after a restore, transactions are numbered anew.';
alter table app.audit_sealer enable row level security;
alter table app.audit_sealer force row level security;
insert into app.audit_sealer (only_row) values (true) on conflict on constraint audit_sealer_pkey do nothing;

-- sql/audit/audited_tables.sql
-- Tables of tenancy whose every change is audited: who may do what, and the vendors themselves. Later domains add the
-- trigger beside their own tables.
create trigger audit_change_trigger
after insert or update or delete on public.user_links
for each row execute function app.audit_change('member', 'id');

create trigger audit_change_trigger
after insert or update or delete on public.platform_admins
for each row execute function app.audit_change('superadmin', 'user_id');

create trigger audit_change_trigger
after insert or update or delete on public.app_clients
for each row execute function app.audit_change('app_client', 'appwrite_user_id');

create trigger audit_change_trigger
after insert or delete or update of code, name, status, settings_json on public.vendors
for each row execute function app.audit_change('vendor', 'id', 'catalog_version');

-- sql/audit/drop_audit_partitions.sql
-- Drops the months of the audit log that lie wholly before the retention time, with their seals. Six years is the
-- least: a shorter time is refused, whoever asks, and so is a present time that has not come. Before a month goes, the
-- places it held in the chain are written down. A schedule calls it.
create or replace function app.drop_audit_partitions(
  keep interval default interval '6 years', at timestamptz default now()
)
returns text[]
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_before timestamptz := least(at, now()) - keep;
  v_oldest text;
  v_part text;
  v_dropped text[] := '{}';
begin
  if v_before > least(at, now()) - interval '6 years' then
    raise exception 'the audit log is kept six years at least, not %', keep using errcode = 'invalid_parameter_value';
  end if;
  -- A month may go when the one after it has begun before that time.
  v_oldest := to_char((v_before at time zone 'utc') - interval '1 month', 'yyyy_mm');
  for v_part in
    select c.relname
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent in ('public.audit_log'::regclass, 'app.audit_seals'::regclass)
      and right(c.relname, 7) <= v_oldest
    order by c.relname
  loop
    if v_part like 'audit_seals%' then
      execute format(
        'insert into app.audit_retired_months (part, first_seq, last_seq) '
        'select %L, min(s.seq), max(s.seq) from partitions.%I as s having count(*) > 0',
        v_part, v_part
      );
    end if;
    execute format('drop table partitions.%I', v_part);
    v_dropped := array_append(v_dropped, v_part);
  end loop;
  return v_dropped;
end;
$$;
comment on function app.drop_audit_partitions is
  'Drops months of the audit log older than the retention time, six years or more; returns their names.';

-- sql/audit/find_broken_seal.sql
-- The first thing wrong with the chain between two places: {seq, audit_id, code}, or null. Each seal is held to its row
-- and to the seal before it, so any stretch can be checked by itself, in one pass.
--   seal_missing   a place in the chain is empty, and no retired month explains it
--   chain_broken   the seal does not go on from the one before it
--   row_missing    the sealed row is gone
--   row_changed    the row is not what was sealed
create or replace function app.find_broken_seal(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    with links as (
      select
        s.seq, s.audit_id, s.audit_timestamp, s.previous_hash, s.hash,
        lag(s.seq) over chain as last_seq,
        lag(s.hash) over chain as last_hash
      from app.audit_seals as s
      where s.seq between from_seq - 1 and to_seq
      window chain as (order by s.seq)
    ), judged as (
      select l.seq, l.audit_id, case
        when coalesce(l.last_seq, from_seq - 1) < l.seq - 1 and not app.seals_were_retired(
          coalesce(l.last_seq, from_seq - 1) + 1, l.seq - 1
        ) then 'seal_missing'
        when l.last_seq = l.seq - 1 and l.previous_hash <> l.last_hash then 'chain_broken'
        when l.seq = 1 and l.previous_hash <> decode(repeat('00', 32), 'hex') then 'chain_broken'
        when c.hash <> l.hash then 'chain_broken'
        when a.id is null then 'row_missing'
        when sha256(l.previous_hash || convert_to(app.audit_row_text(a), 'utf8')) <> l.hash then 'row_changed'
      end as code
      from links as l
      left join public.audit_log as a on a.id = l.audit_id and a."timestamp" = l.audit_timestamp
      left join app.audit_checkpoints as c on c.seq = l.seq
      where l.seq >= from_seq
    )
    select jsonb_build_object('seq', j.seq, 'audit_id', j.audit_id, 'code', j.code)
    from judged as j
    where j.code is not null
    order by j.seq
    limit 1
  );
end;
$$;
comment on function app.find_broken_seal is 'The first broken place {seq, audit_id, code} between two places, or null.';

-- sql/audit/find_unsealed_row.sql
-- A row that was slipped in behind the sealer, as {seq: null, audit_id, code: 'row_not_sealed'}, or null. Looks at the
-- ids that belong to a stretch of the chain (the first and last stretch take what lies beyond them), so that a stretch
-- costs what it holds, and all stretches together leave no id out.
create or replace function app.find_unsealed_row(from_seq bigint, to_seq bigint)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_first_id bigint;
  v_last_id bigint;
begin
  select s.* into v_sealer from app.audit_sealer as s;
  select min(s.audit_id), max(s.audit_id) into v_first_id, v_last_id
  from app.audit_seals as s
  where s.seq between from_seq - 1 and to_seq;
  if from_seq <= 1 then
    v_first_id := null;
  end if;
  if to_seq >= v_sealer.seq then
    v_last_id := null;
  end if;
  return (
    select jsonb_build_object('seq', null, 'audit_id', a.id, 'code', 'row_not_sealed')
    from public.audit_log as a
    where a.id >= coalesce(v_first_id, '-9223372036854775808'::bigint)
      and a.id <= coalesce(v_last_id, 9223372036854775807)
      and ((a.xact, a.id) <= (v_sealer.last_xact, v_sealer.last_id) or a.id <= v_sealer.floor_id)
      and not exists (
        select from app.audit_seals as s where s.audit_id = a.id and s.audit_timestamp = a."timestamp"
      )
    order by a.id
    limit 1
  );
end;
$$;
comment on function app.find_unsealed_row is 'An audit row older than the head of the chain without a seal, or null.';

-- sql/audit/first_audit_partitions.sql
-- The first year of the audit log, so that it can be written before any schedule runs.
do $$
begin
  perform app.create_audit_partitions();
end;
$$;

-- sql/audit/insert_audit.sql
-- The one insert into the audit log: who from the claims, from where from the request. Not granted to anyone; behind
-- app.write_audit and the few writers that act before a request has entered.
create or replace function app.insert_audit(
  claims jsonb,
  request jsonb,
  vendor_id uuid,
  action text,
  entity text,
  entity_id text,
  before jsonb,
  after jsonb,
  justification text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_subject text := claims ->> 'sub';
  v_ip text := request ->> 'ip';
begin
  insert into public.audit_log (
    actor_user_id, actor_client_id, actor_role, vendor_id, action, entity, entity_id, before, after, ip, ua,
    request_id, justification
  )
  values (
    case when pg_input_is_valid(v_subject, 'uuid') then v_subject::uuid end,
    coalesce(claims ->> 'appwrite_user_id', claims ->> 'client_id'),
    coalesce(claims ->> 'app_role', case when claims = '{}' and app.is_service() then 'service' else 'unknown' end),
    insert_audit.vendor_id,
    insert_audit.action,
    insert_audit.entity,
    insert_audit.entity_id,
    insert_audit.before,
    insert_audit.after,
    case when pg_input_is_valid(v_ip, 'inet') then v_ip::inet end,
    left(request ->> 'ua', 400),
    left(request ->> 'request_id', 128),
    coalesce(insert_audit.justification, claims #>> '{break_glass,justification}')
  );
end;
$$;
comment on function app.insert_audit is 'Adds one row to the audit log. For the writers in this folder.';

-- sql/audit/list_audit_log.sql
-- The audit log, newest first: an admin's vendor, or the platform's rows for a superadmin outside break-glass. An
-- invoker: row level security is the second lock. Every filter is optional.
create or replace function public.list_audit_log(
  action text default null,
  entity text default null,
  entity_id text default null,
  actor_user_id uuid default null,
  since timestamptz default null,
  until timestamptz default null,
  cursor text default null,
  page_limit int default 50
)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id uuid := app.current_vendor_id();
  v_scope text;
  v_after jsonb;
  v_rows public.audit_log[];
begin
  if v_vendor_id is not null or not app.has_role('superadmin') then
    v_vendor_id := app.require_vendor('vendor_admin');
  end if;
  perform app.check_page_limit(page_limit);
  v_scope := concat_ws('/', v_vendor_id, 'audit', app.fingerprint(jsonb_build_array(
    list_audit_log.action, list_audit_log.entity, list_audit_log.entity_id, list_audit_log.actor_user_id,
    list_audit_log.since, list_audit_log.until
  )));
  v_after := app.decode_cursor(v_scope, list_audit_log.cursor);
  select array_agg(page.a order by (page.a)."timestamp" desc, (page.a).id desc) into v_rows
  from (
    select a
    from public.audit_log as a
    where a.vendor_id is not distinct from v_vendor_id
      and (list_audit_log.action is null or a.action = list_audit_log.action)
      and (list_audit_log.entity is null or a.entity = list_audit_log.entity)
      and (list_audit_log.entity_id is null or a.entity_id = list_audit_log.entity_id)
      and (list_audit_log.actor_user_id is null or a.actor_user_id = list_audit_log.actor_user_id)
      and a."timestamp" >= coalesce(list_audit_log.since, '-infinity')
      and a."timestamp" < coalesce(list_audit_log.until, 'infinity')
      and (
        v_after is null
        or (a."timestamp", a.id) < ((v_after ->> 'timestamp')::timestamptz, (v_after ->> 'id')::bigint)
      )
    order by a."timestamp" desc, a.id desc
    limit page_limit + 1
  ) as page;
  return jsonb_build_object(
    'data', coalesce(
      (
        select jsonb_agg(to_jsonb(a) - 'xact' order by a."timestamp" desc, a.id desc)
        from unnest(v_rows[:page_limit]) as a
      ),
      '[]'
    ),
    'next_cursor', case when cardinality(v_rows) > page_limit then app.encode_cursor(v_scope, jsonb_build_object(
      'timestamp', v_rows[page_limit]."timestamp", 'id', v_rows[page_limit].id
    )) end
  );
end;
$$;
comment on function public.list_audit_log is
  'Audit rows of the caller''s vendor (admins) or of the platform (superadmins), newest first, as {"data", '
  '"next_cursor"}.';
grant execute on function public.list_audit_log to authenticated;

-- sql/audit/rebase_audit_sealer.sql
-- After a restore from a dump, transactions are numbered anew, below those of the rows that came with it. All these
-- rows are final: seals the ones that were not yet, and has the sealer go on with newer ids only. Called by
-- app.seal_audit_log, under its lock, when it sees a sealed row of a transaction that is yet to come.
create or replace function app.rebase_audit_sealer()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_sealer app.audit_sealer;
  v_row public.audit_log;
  v_hash bytea;
  v_sealed int := 0;
begin
  select s.* into v_sealer from app.audit_sealer as s;
  for v_row in
    select a.*
    from public.audit_log as a
    where (a.xact, a.id) > (v_sealer.last_xact, v_sealer.last_id) and a.id > v_sealer.floor_id
    order by a.xact, a.id
  loop
    v_hash := sha256(v_sealer.hash || convert_to(app.audit_row_text(v_row), 'utf8'));
    v_sealer.seq := v_sealer.seq + 1;
    insert into app.audit_seals (seq, audit_id, audit_timestamp, previous_hash, hash)
    values (v_sealer.seq, v_row.id, v_row."timestamp", v_sealer.hash, v_hash);
    v_sealer.hash := v_hash;
    v_sealed := v_sealed + 1;
  end loop;
  update app.audit_sealer as s
  set seq = v_sealer.seq,
      hash = v_sealer.hash,
      last_xact = '0',
      last_id = 0,
      floor_id = (select max(e.audit_id) from app.audit_seals as e);
  return v_sealed;
end;
$$;
comment on function app.rebase_audit_sealer is 'Lets sealing go on after a restore numbered transactions anew.';

-- sql/audit/request_context.sql
-- What is known of the request: {request_id, super_id, ip, ua, method, path}. Our functions say it (app.enter_request);
-- for PostgREST it is read from the headers. {} outside a request.
create or replace function app.request_context()
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_request text := nullif(current_setting('app.request', true), '');
  v_headers jsonb;
begin
  if v_request is not null then
    return v_request::jsonb;
  end if;
  v_headers := nullif(current_setting('request.headers', true), '')::jsonb;
  if v_headers is null then
    return '{}';
  end if;
  return jsonb_strip_nulls(jsonb_build_object(
    'request_id', v_headers ->> 'x-request-id',
    'super_id', v_headers ->> 'x-super-id',
    'ip', btrim(split_part(v_headers ->> 'x-forwarded-for', ',', 1)),
    'ua', v_headers ->> 'user-agent',
    'method', current_setting('request.method', true),
    'path', current_setting('request.path', true)
  ));
end;
$$;
comment on function app.request_context is
  'request_id, super_id, ip, ua, method and path of this request, as far as known.';
grant execute on function app.request_context to authenticated, service_role;

-- sql/audit/seal_audit_log.sql
-- Numbers and hashes audit rows behind the writers; a schedule calls it, one at a time (a second caller returns at
-- once). Rows are sealed by (xact, id), and only those of transactions older than every transaction still running:
-- of those, nothing more can appear, so nothing is ever skipped, and no writer waits. Returns how many were sealed;
-- `batch` means that there may be more.
create or replace function app.seal_audit_log(batch int default 1000)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_horizon xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_sealer app.audit_sealer;
  v_row public.audit_log;
  v_hash bytea;
  v_sealed int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('app.seal_audit_log', 0)) then
    return 0;
  end if;
  select s.* into v_sealer from app.audit_sealer as s for update;
  if v_sealer.last_xact >= pg_snapshot_xmax(pg_current_snapshot()) then
    return app.rebase_audit_sealer();
  end if;

  for v_row in
    select a.*
    from public.audit_log as a
    where (a.xact, a.id) > (v_sealer.last_xact, v_sealer.last_id)
      and a.xact < v_horizon
      and a.id > v_sealer.floor_id
    order by a.xact, a.id
    limit batch
  loop
    v_hash := sha256(v_sealer.hash || convert_to(app.audit_row_text(v_row), 'utf8'));
    v_sealer.seq := v_sealer.seq + 1;
    insert into app.audit_seals (seq, audit_id, audit_timestamp, previous_hash, hash)
    values (v_sealer.seq, v_row.id, v_row."timestamp", v_sealer.hash, v_hash);
    v_sealer.hash := v_hash;
    v_sealer.last_xact := v_row.xact;
    v_sealer.last_id := v_row.id;
    v_sealed := v_sealed + 1;
  end loop;
  if v_sealed > 0 then
    update app.audit_sealer as s
    set seq = v_sealer.seq, hash = v_sealer.hash, last_xact = v_sealer.last_xact, last_id = v_sealer.last_id;
    perform app.write_audit_checkpoint(v_sealer.seq, v_sealer.hash);
  end if;
  return v_sealed;
end;
$$;
comment on function app.seal_audit_log is
  'Seals up to `batch` audit rows into the chain; returns how many. For the schedule.';

-- sql/audit/seals_were_retired.sql
-- Whether every place of the chain in a gap went with a month past its retention. Whoever may write that down may also
-- lie: a month younger than six years at the time was not retired, nor one that a checkpoint shows to be younger. (The
-- last rows of a month are sealed in the next; a month is more than enough for that.)
create or replace function app.seals_were_retired(first_seq bigint, last_seq bigint)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return int8multirange(int8range(seals_were_retired.first_seq, seals_were_retired.last_seq, '[]')) <@ (
    select coalesce(range_agg(int8range(m.first_seq, m.last_seq, '[]')), '{}')
    from app.audit_retired_months as m
    where right(m.part, 7) < to_char(least(m.retired_at, now()) at time zone 'utc' - interval '6 years', 'yyyy_mm')
      and not exists (
        select from app.audit_checkpoints as c
        where c.seq between m.first_seq and m.last_seq and c.created_at > now() - interval '5 years 11 months'
      )
  );
end;
$$;
comment on function app.seals_were_retired is 'True when retired months cover these places of the chain.';

-- sql/audit/verify_audit_log.sql
-- The door to app.verify_audit_log, for admins, superadmins and the service key.
create or replace function public.verify_audit_log(from_seq bigint default null, to_seq bigint default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select app.verify_audit_log(verify_audit_log.from_seq, verify_audit_log.to_seq);
$$;
comment on function public.verify_audit_log is
  'Whether the audit log is as it was sealed: {valid, first_broken {seq, audit_id, code}, from_seq, to_seq, checked, '
  'hash, '
  'next_seq, head {seq, hash}}; at most 100,000 rows a call, next_seq says where to go on.';
grant execute on function public.verify_audit_log to authenticated, service_role;

-- sql/audit/write_audit.sql
-- Adds a row to the audit log, in the transaction of what it tells: neither exists without the other. Who, for which
-- vendor and from where comes from the request. Called from definer functions; no client may write rows of its own.
-- Inside a break-glass session its justification is added, elsewhere the one given, or set as app.justification.
create or replace function app.write_audit(
  action text,
  entity text,
  entity_id text default null,
  before jsonb default null,
  after jsonb default null,
  justification text default null,
  vendor_id uuid default null
)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.insert_audit(
    app.current_claims(),
    app.request_context(),
    coalesce(write_audit.vendor_id, app.current_vendor_id()),
    write_audit.action,
    write_audit.entity,
    write_audit.entity_id,
    write_audit.before,
    write_audit.after,
    coalesce(write_audit.justification, nullif(current_setting('app.justification', true), ''))
  );
end;
$$;
comment on function app.write_audit is 'Adds a row to the audit log about what the present request does.';
grant execute on function app.write_audit to service_role;

-- sql/audit/write_audit_checkpoint.sql
-- Writes the head of the chain down when the last checkpoint is a day or 10,000 rows old.
create or replace function app.write_audit_checkpoint(seq bigint, hash bytea)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  insert into app.audit_checkpoints (seq, hash)
  select write_audit_checkpoint.seq, write_audit_checkpoint.hash
  where not exists (
    select from app.audit_checkpoints as c
    where c.created_at > now() - interval '1 day' and c.seq > write_audit_checkpoint.seq - 10000
  )
  on conflict on constraint audit_checkpoints_pkey do nothing;
end;
$$;
comment on function app.write_audit_checkpoint is 'Keeps a head of the audit chain, at least daily.';
