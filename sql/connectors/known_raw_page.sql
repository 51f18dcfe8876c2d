-- The last answer to the same request, if it can be asked whether it still holds: its validators, and the answer
-- itself for the case that it does.
create or replace function app.known_raw_page(vendor_id uuid, source text, page_id text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', r.id, 'etag', r.etag, 'last_modified', r.last_modified, 'link', r.link, 'payload', r.payload
  )
  from public.stg_vendor_raw as r
  where r.vendor_id = known_raw_page.vendor_id
    and r.source = known_raw_page.source
    and r.page_id = known_raw_page.page_id
    and (r.etag is not null or r.last_modified is not null)
  order by r.fetched_at desc
  limit 1;
$$;
comment on function app.known_raw_page is 'The newest stored page of a request with its validators; null for none.';
