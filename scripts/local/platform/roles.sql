-- Stands for the roles of a hosted project. Leaves out: replication and dashboard users, supautils' role protection.
-- Cluster-wide, so each statement is safe to repeat for a second database. Passwords are set by platform.ts.
do $$
declare
  v_role text;
begin
  for v_role in select unnest(array['anon', 'authenticated', 'service_role', 'supabase_auth_admin', 'supabase_storage_admin', 'authenticator', 'postgres'])
  loop
    if not exists (select from pg_roles where rolname = v_role) then
      execute format('create role %I', v_role);
    end if;
  end loop;
end $$;

alter role anon nologin noinherit;
alter role authenticated nologin noinherit;
alter role service_role nologin noinherit bypassrls;
alter role authenticator login noinherit;
alter role supabase_auth_admin nologin noinherit createrole;
alter role supabase_storage_admin nologin noinherit createrole;
-- As on the platform: not a superuser, but it may bypass RLS and make roles.
alter role postgres login createdb createrole replication bypassrls;

grant anon, authenticated, service_role to authenticator;
grant anon, authenticated, service_role to postgres with admin option;
-- The platform lets `postgres` change the settings of the role that PostgREST logs in with.
grant authenticator to postgres with admin true, inherit false, set false;
grant set on parameter "pgrst.db_pre_request" to postgres;
grant pg_monitor, pg_read_all_data, pg_signal_backend, pg_create_subscription to postgres;

alter role anon set statement_timeout = '3s';
alter role authenticated set statement_timeout = '8s';
alter role authenticator set statement_timeout = '8s';
alter role authenticator set lock_timeout = '8s';
