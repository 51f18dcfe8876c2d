-- Moves what waits in the pending lists of a vendor's customer search indexes into the indexes themselves.
create or replace function app.flush_customer_search(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform gin_clean_pending_list(i.indexrelid)
  from pg_partition_tree(
    format('partitions.customers_%s', replace(flush_customer_search.vendor_id::text, '-', ''))::regclass
  ) as t
  inner join pg_catalog.pg_index as i on i.indrelid = t.relid
  inner join pg_catalog.pg_class as c on c.oid = i.indexrelid
  inner join pg_catalog.pg_am as a on a.oid = c.relam
  where t.isleaf and a.amname = 'gin';
end;
$$;

comment on function app.flush_customer_search is 'Flushes the pending lists of a vendor''s customer search indexes.';
