-- Moves what waits in the pending lists of a vendor's search indexes into the indexes themselves. In no fixed order:
-- two merges that come here at once share the work, where in step one would wait at every index for the other.
create or replace function app.flush_search_index(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform gin_clean_pending_list(shuffled.indexrelid)
  from (
    select i.indexrelid
    from pg_partition_tree(
      format('partitions.products_%s', replace(flush_search_index.vendor_id::text, '-', ''))::regclass
    ) as t
    inner join pg_catalog.pg_index as i on i.indrelid = t.relid
    inner join pg_catalog.pg_class as c on c.oid = i.indexrelid
    inner join pg_catalog.pg_am as a on a.oid = c.relam
    where t.isleaf and a.amname = 'gin'
    order by random()
  ) as shuffled;
end;
$$;

comment on function app.flush_search_index is 'Flushes the pending lists of a vendor''s search indexes.';
