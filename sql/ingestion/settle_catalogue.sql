-- What a vendor's products or customers need after a job: pending words flushed into the search index, fresh
-- statistics of the leaves (the cheap form: wide columns have none). Nothing when nothing changed.
create or replace function app.settle_catalogue(job_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs;
  v_leaf regclass;
  v_index regclass;
begin
  select j.* into v_job from public.ingestion_jobs as j where j.id = settle_catalogue.job_id;
  if coalesce((v_job.totals ->> 'inserted')::bigint + (v_job.totals ->> 'updated')::bigint, 0) = 0 then
    return;
  end if;
  for v_leaf in
    select t.relid
    from pg_partition_tree(
      to_regclass(format(
        'partitions.%I',
        case v_job.mode when 'customers' then 'customers_' else 'products_' end
          || replace(v_job.vendor_id::text, '-', '')
      ))
    ) as t
    where t.isleaf
  loop
    for v_index in
      select i.indexrelid
      from pg_index as i
      join pg_class as c on c.oid = i.indexrelid
      join pg_am as m on m.oid = c.relam and m.amname = 'gin'
      where i.indrelid = v_leaf
    loop
      perform gin_clean_pending_list(v_index);
    end loop;
    execute format('analyze %s', v_leaf);
  end loop;
end;
$$;
comment on function app.settle_catalogue is 'Flushes search indexes and refreshes statistics of the vendor of a job.';
