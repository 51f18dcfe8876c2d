-- Measures the tables again when the last measure is old; of two callers one does, the other goes on with what is
-- there.
create or replace function app.refresh_table_sizes(older_than interval default '10 minutes')
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
begin
  if exists (select from app.table_sizes as s where s.measured_at > now() - refresh_table_sizes.older_than)
    or not pg_try_advisory_xact_lock(hashtextextended('app.refresh_table_sizes', 0))
  then
    return false;
  end if;
  delete from app.table_sizes;
  insert into app.table_sizes (name, bytes, row_estimate, partitions, largest_partition_bytes, measured_at)
  select
    t.name, sum(t.bytes), sum(greatest(t.reltuples, 0))::bigint, count(*), max(t.bytes), now()
  from (
    select
      case
        when n.nspname = 'app' and r.relname ~ '^ingest_[0-9a-f]{32}' then 'app.ingest_staging'
        else n.nspname || '.' || r.relname
      end as name,
      c.reltuples,
      -- Null for a table that was dropped a moment ago.
      coalesce(pg_total_relation_size(c.oid), 0) as bytes
    from pg_catalog.pg_class as c
    join pg_catalog.pg_class as r on r.oid = coalesce(pg_partition_root(c.oid), c.oid)
    join pg_catalog.pg_namespace as n on n.oid = r.relnamespace
    where c.relkind in ('r', 'm') and n.nspname in ('public', 'app', 'partitions', 'pgmq')
  ) as t
  group by t.name;
  return true;
end;
$$;
comment on function app.refresh_table_sizes is 'Measures the tables if that was long ago; whether it did.';
