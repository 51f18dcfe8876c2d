-- What the platform offers and Odyssey uses. A hosted project has uuid-ossp and pgcrypto already;
-- pgmq brings a schema of its own.
create schema if not exists extensions;
create extension if not exists "uuid-ossp" with schema extensions;
create extension if not exists pgcrypto with schema extensions;
create extension if not exists pg_trgm with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists fuzzystrmatch with schema extensions;
create extension if not exists btree_gin with schema extensions;
create extension if not exists pgmq;
