-- Our schemas and what is open in them by default: nothing, to nobody. Every grant stands under what it opens.
-- The revokes repeat what new hosted projects do, so that an older project behaves the same.
-- Revoking execute from public works only globally: a revoke per schema has no effect in Postgres.
create schema if not exists app;
comment on schema app is 'Internals: never exposed over HTTP; its functions are granted one by one.';
create schema if not exists partitions;
comment on schema partitions is 'The partitions of each vendor. Reached through their parents in public only.';

alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

grant usage on schema app to authenticated, service_role;
