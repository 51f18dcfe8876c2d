-- Everything the catalogue says of a database, one line a fact, in a stable order and without oids: two databases
-- are built alike when these lines are equal. Members of extensions are left out; the extension itself stands for them.
with extension_members as (
  select d.classid, d.objid
  from pg_depend as d
  where d.deptype = 'e'
),
schemas as (
  select n.oid, n.nspname, n.nspowner, n.nspacl
  from pg_namespace as n
  where n.nspname !~ '^pg_(catalog|toast|temp)'
    and n.nspname not in ('information_schema', 'supabase_migrations')
),
relations as (
  select c.*, format('%I.%I', s.nspname, c.relname) as name
  from pg_class as c
  join schemas as s on s.oid = c.relnamespace
  where not exists (
    select from extension_members as e where e.classid = 'pg_class'::regclass and e.objid = c.oid
  )
),
routines as (
  select p.*, p.oid::regprocedure::text as name
  from pg_proc as p
  join schemas as s on s.oid = p.pronamespace
  where not exists (
    select from extension_members as e where e.classid = 'pg_proc'::regclass and e.objid = p.oid
  )
),
facts (kind, name, fact) as (
  select 'extension', e.extname::text, format('schema %s owner %s', e.extnamespace::regnamespace, e.extowner::regrole)
  from pg_extension as e
  union all
  select 'schema', s.nspname::text, format('owner %s', s.nspowner::regrole)
  from schemas as s
  union all
  select 'grant', 'schema ' || s.nspname, a::text
  from schemas as s
  cross join unnest(s.nspacl) as a
  union all
  select
    'default privileges',
    concat_ws(' ', d.defaclrole::regrole, case when d.defaclnamespace <> 0 then d.defaclnamespace::regnamespace end),
    format('%s %s', d.defaclobjtype, array(select a::text from unnest(d.defaclacl) as a order by 1))
  from pg_default_acl as d
  union all
  select
    'relation',
    r.name,
    concat_ws(
      ' ',
      r.relkind,
      r.relpersistence,
      'owner ' || r.relowner::regrole::text,
      case when r.relrowsecurity then 'rls' end,
      case when r.relforcerowsecurity then 'forced' end,
      pg_get_partkeydef(r.oid),
      pg_get_expr(r.relpartbound, r.oid),
      r.reloptions::text,
      case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end
    )
  from relations as r
  where r.relkind in ('r', 'p', 'v', 'm', 'S', 'f', 'c')
  union all
  select 'grant', r.name, a::text
  from relations as r
  cross join unnest(r.relacl) as a
  union all
  select
    'column',
    format('%s.%I', r.name, a.attname),
    concat_ws(
      ' ',
      a.attnum,
      format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then 'not null' end,
      'default ' || pg_get_expr(d.adbin, d.adrelid),
      nullif('generated ' || a.attgenerated::text, 'generated '),
      nullif('identity ' || a.attidentity::text, 'identity '),
      'statistics ' || a.attstattarget::text,
      'storage ' || a.attstorage::text,
      nullif('compression ' || a.attcompression::text, 'compression '),
      (select 'collate ' || l.collname from pg_collation as l where l.oid = a.attcollation and l.collname <> 'default')
    )
  from relations as r
  join pg_attribute as a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef as d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  union all
  select 'grant', format('%s.%I', r.name, a.attname), g::text
  from relations as r
  join pg_attribute as a on a.attrelid = r.oid and not a.attisdropped
  cross join unnest(a.attacl) as g
  union all
  select
    'constraint',
    format('%s %I', coalesce(r.name, c.contypid::regtype::text), c.conname),
    concat_ws(' ', pg_get_constraintdef(c.oid), case when not c.convalidated then 'not validated' end)
  from pg_constraint as c
  join schemas as s on s.oid = c.connamespace
  left join relations as r on r.oid = c.conrelid
  where r.oid is not null or c.contypid <> 0
  union all
  select
    'index',
    r.name,
    concat_ws(' ', pg_get_indexdef(r.oid), case when not i.indisvalid then 'invalid' end, r.reloptions::text)
  from relations as r
  join pg_index as i on i.indexrelid = r.oid
  union all
  select 'statistics', format('%s %I', t.stxrelid::regclass, t.stxname), pg_get_statisticsobjdef(t.oid)
  from pg_statistic_ext as t
  union all
  select 'policy', format('%s %I', p.polrelid::regclass, p.polname), concat_ws(
    ' ',
    case when p.polpermissive then 'permissive' else 'restrictive' end,
    p.polcmd,
    array(select coalesce(nullif(o, 0)::regrole::text, 'public') from unnest(p.polroles) as o order by 1)::text,
    'using ' || pg_get_expr(p.polqual, p.polrelid),
    'check ' || pg_get_expr(p.polwithcheck, p.polrelid)
  )
  from pg_policy as p
  union all
  select 'trigger', format('%s %I', t.tgrelid::regclass, t.tgname), pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text
  from pg_trigger as t
  where not t.tgisinternal
  union all
  select 'event trigger', t.evtname::text, format('%s %s %s %s', t.evtevent, t.evttags, t.evtfoid::regproc, t.evtenabled)
  from pg_event_trigger as t
  union all
  select
    'routine',
    r.name,
    concat_ws(
      ' ',
      r.prokind,
      'owner ' || r.proowner::regrole::text,
      case when r.prokind = 'a' then 'aggregate' else pg_get_functiondef(r.oid) end
    )
  from routines as r
  union all
  select 'grant', r.name, coalesce(a::text, 'default')
  from routines as r
  left join lateral unnest(r.proacl) as a on true
  union all
  select
    'type',
    format('%I.%I', s.nspname, t.typname),
    concat_ws(
      ' ',
      t.typtype,
      case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
      case when t.typnotnull then 'not null' end,
      'default ' || t.typdefault,
      array(select e.enumlabel::text from pg_enum as e where e.enumtypid = t.oid order by e.enumsortorder)::text,
      array(select a::text from unnest(t.typacl) as a order by 1)::text
    )
  from pg_type as t
  join schemas as s on s.oid = t.typnamespace
  where t.typtype in ('e', 'd', 'r')
    and not exists (select from extension_members as m where m.classid = 'pg_type'::regclass and m.objid = t.oid)
  union all
  select
    'comment',
    (select format('%s %s', o.type, o.identity) from pg_identify_object(d.classoid, d.objoid, d.objsubid) as o),
    d.description
  from pg_description as d
  where d.classoid in (
    'pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass, 'pg_namespace'::regclass,
    'pg_constraint'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass
  )
  and d.objoid >= 16384
  and not exists (select from extension_members as m where m.classid = d.classoid and m.objid = d.objoid)
  union all
  select 'publication', p.pubname::text, format('%s.%I', t.schemaname, t.tablename)
  from pg_publication as p
  left join pg_publication_tables as t on t.pubname = p.pubname
)
select format('%s %s: %s', f.kind, f.name, f.fact) as line
from facts as f
order by 1
