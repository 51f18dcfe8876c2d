-- Keeps a page of a sync as it came; one that its source confirmed stays and counts as fetched now. A page that this
-- sync had before means that the source goes in circles.
create or replace function app.store_raw_page(job public.ingestion_jobs, page jsonb, page_no int)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
begin
  if exists (
    select from public.stg_vendor_raw as r
    where r.vendor_id = (job).vendor_id and r.source = (job).params ->> 'source'
      and r.page_id = page ->> 'page_id' and r.job_id = (job).id
  ) or page ->> 'records_hash' = (job).checkpoint ->> 'records_hash' then
    perform app.raise_sync_fault(
      'repeated_page',
      format('The source sent the same page again as page %s; it would never end.', page_no),
      'Check `paging` of the connector: the parameter may have another name, so that the source ignores it.'
    );
  end if;
  if page ->> 'known_id' is not null then
    update public.stg_vendor_raw as r
    set fetched_at = clock_timestamp(), job_id = (job).id, page_no = store_raw_page.page_no
    where r.id = (page ->> 'known_id')::bigint;
    return;
  end if;
  insert into public.stg_vendor_raw (
    vendor_id, source, page_id, payload, job_id, page_no, etag, last_modified, link
  )
  values (
    (job).vendor_id, (job).params ->> 'source', page ->> 'page_id', page -> 'payload', (job).id,
    store_raw_page.page_no, page ->> 'etag', page ->> 'last_modified', page ->> 'link'
  );
end;
$$;
comment on function app.store_raw_page is 'Stores or confirms a raw page; ends the sync when it came before.';
