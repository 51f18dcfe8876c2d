-- Stands for what a new hosted project's database holds before the first migration: schemas, preinstalled
-- extensions, default privileges (nothing is granted on new tables, to nobody).
-- Leaves out: pg_graphql, realtime, pgbouncer, the dashboard's event triggers.
do $$
begin
  execute format('grant all on database %I to postgres', current_database());
  execute format('alter database %I set search_path = "$user", public, extensions', current_database());
end $$;

grant all on schema public to postgres;
grant usage on schema public to anon, authenticated, service_role;

create schema if not exists extensions;
grant all on schema extensions to postgres;
grant usage on schema extensions to anon, authenticated, service_role;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_stat_statements with schema extensions;

-- The platform hands pgmq over to `postgres` once it is created.
create or replace function extensions.hand_over_pgmq() returns event_trigger
language plpgsql security definer set search_path = ''
as $$
declare
  v_object record;
begin
  if not exists (select from pg_catalog.pg_event_trigger_ddl_commands() where object_identity = 'pgmq') then
    return;
  end if;
  update pg_catalog.pg_extension set extowner = 'postgres'::regrole where extname = 'pgmq';
  alter schema pgmq owner to postgres;
  for v_object in
    select c.oid::regclass as name from pg_catalog.pg_class c
    where c.relnamespace = 'pgmq'::regnamespace and c.relkind in ('r', 'p', 'v')
  loop
    execute format('alter table %s owner to postgres', v_object.name);
  end loop;
  for v_object in
    select p.oid::regprocedure as name from pg_catalog.pg_proc p where p.pronamespace = 'pgmq'::regnamespace
  loop
    execute format('alter function %s owner to postgres', v_object.name);
  end loop;
end $$;
revoke execute on function extensions.hand_over_pgmq() from public;
drop event trigger if exists hand_over_pgmq;
create event trigger hand_over_pgmq on ddl_command_end when tag in ('CREATE EXTENSION')
  execute function extensions.hand_over_pgmq();
