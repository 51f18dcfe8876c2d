-- What must hold for every table, function and policy of ours, whoever wrote it. A failure lists the offenders.
begin;
select plan(19);

-- Our own tables and functions: those in our schemas that no extension brought.
create temporary view our_tables as
select c.oid, c.oid::regclass::text as name, n.nspname as schema, c.relkind, c.relrowsecurity, c.relforcerowsecurity
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'app', 'partitions')
  and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not exists (
    select from pg_depend as d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e'
  );
create temporary view our_functions as
select p.oid, p.oid::regprocedure::text as name, n.nspname as schema, p.prosecdef, p.proconfig, p.prorettype, p.prokind
from pg_proc as p
join pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'app', 'partitions')
  and not exists (
    select from pg_depend as d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
  );

-- A vendor's partitions are looked at too.
select tests.create_vendor('acme');
select isnt_empty('select from our_tables where schema = ''public''', 'there is something to look at');

select is_empty(
  $$ select name from our_tables
     where relkind in ('r', 'p') and schema in ('public', 'partitions')
       and not (relrowsecurity and relforcerowsecurity) $$,
  'row level security is enabled and forced on every table and partition'
);
select is_empty(
  $$ select name from our_tables
     where relkind = 'v' and not exists (
       select from pg_class c where c.oid = our_tables.oid
         and c.reloptions && array['security_invoker=true', 'security_invoker=on']
     ) and schema = 'public' $$,
  'views in public ask with the rights of their reader'
);
select is_empty(
  $$ select name from our_tables where schema = 'public' and relkind = 'm' $$, 'no materialized view is exposed'
);
select is_empty(
  $$ select t.name, p.privilege from our_tables t,
       unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
     where has_table_privilege('anon', t.oid, p.privilege) $$,
  'anon and public have no grant on any table'
);
select is_empty(
  $$ select t.name from our_tables t
     where has_any_column_privilege('anon', t.oid, 'select, insert, update, references') $$,
  'nor on any column'
);
select is_empty(
  $$ select t.name, r.role from our_tables t, unnest(array['authenticated', 'service_role']) as r (role)
     where t.schema = 'partitions'
       and (has_table_privilege(r.role, t.oid, 'select, insert, update, delete')
         or has_any_column_privilege(r.role, t.oid, 'select')) $$,
  'nobody has a grant on a partition'
);
select is_empty(
  $$ select t.name, p.privilege from our_tables t, unnest(array['truncate', 'references', 'trigger']) as p (privilege)
     where has_table_privilege('authenticated', t.oid, p.privilege) $$,
  'no client may truncate, refer to or hook into a table'
);
select is_empty(
  $$ select f.name from our_functions f where has_function_privilege('anon', f.oid, 'execute') $$,
  'no function may be executed by anon or public'
);
select is_empty(
  $$ select c.oid::regclass from pg_class c
     where c.relnamespace in ('public'::regnamespace, 'app'::regnamespace)
       and case when c.relkind = 'S' then has_sequence_privilege('anon', c.oid, 'usage, select, update') end $$,
  'nor any sequence be used'
);
select is_empty(
  $$ select s.schema from unnest(array['app', 'partitions', 'pgmq']) as s (schema)
     where has_schema_privilege('anon', s.schema, 'usage')
     union all
     select s.schema from unnest(array['partitions', 'vault']) as s (schema)
     where has_schema_privilege('authenticated', s.schema, 'usage') $$,
  'private schemas are closed'
);

select is_empty(
  $$ select f.name from our_functions f
     where f.prokind <> 'a'
       and not exists (select from unnest(f.proconfig) as c (setting) where c.setting like 'search_path=%') $$,
  'every function pins its search_path; an aggregate has none to pin'
);
select is_empty(
  $$ select f.name from our_functions f where f.prosecdef and f.schema <> 'app' $$,
  'functions with their owner''s rights are in schema app only'
);
select is_empty(
  $$ select t.name as uncommented from our_tables t
     where t.schema = 'public' and coalesce(obj_description(t.oid, 'pg_class'), '') = ''
     union all
     select f.name from our_functions f
     where f.schema in ('public', 'app') and coalesce(obj_description(f.oid, 'pg_proc'), '') = '' $$,
  'every table of public and every function has a comment'
);
select is_empty(
  $$ select t.name, a.attname from our_tables t
     join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
     where t.schema = 'public'
       and has_column_privilege('authenticated', t.oid, a.attnum, 'select, insert, update')
       and coalesce(col_description(t.oid, a.attnum), '') = '' $$,
  'every column that a client may touch has a comment'
);
select is_empty(
  $$ select t.name from our_tables t
     where t.relkind in ('r', 'p') and t.schema in ('public', 'app')
       and not exists (select from pg_constraint c where c.conrelid = t.oid and c.contype = 'p')
       -- Staging rows are loaded in bulk, read by batch and thrown away; a key would only slow the load.
       and t.name not in ('stg_products', 'public.stg_products') $$,
  'every table has a primary key'
);
select is_empty(
  $$ select c.conrelid::regclass as table_name, c.conname from pg_constraint c
     join our_tables t on t.oid = c.conrelid
     where c.contype = 'f' and c.conparentid = 0 and t.schema in ('public', 'app')
       and not exists (
         select from pg_index i
         where i.indrelid = c.conrelid
           and (string_to_array(i.indkey::text, ' ')::int2[])[1:cardinality(c.conkey)] @> c.conkey
           and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) like '%IS NOT NULL%')
       ) $$,
  'every foreign key has an index, so that what it points to can be removed'
);

select is_empty(
  $$ select p.tablename, p.policyname, p.roles from pg_policies p
     where p.schemaname in ('public', 'app', 'partitions') and 'public' = any (p.roles) $$,
  'every policy says for which roles it is'
);
select is_empty(
  $$ select p.tablename, p.policyname from pg_policies p,
       lateral (
         select regexp_replace(concat(p.qual, ' ', p.with_check), 'SELECT (auth|app)\.\w+\(', '', 'g')
       ) as rest (expression)
     where p.schemaname in ('public', 'app', 'storage')
       and rest.expression ~
         '(auth|app)\.(uid|jwt|role|email|(current|has|is|member|administered)_\w+)\(' $$,
  'no policy asks who the caller is once for every row'
);

select * from finish();
rollback;
