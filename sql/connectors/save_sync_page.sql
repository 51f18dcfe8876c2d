-- Ends one page of a sync: the raw page, its products, the counts, the cursor and the message of the next page, all in
-- this one transaction. A worker that dies before it leaves the sync at the page; a second one on the same page gets
-- OD010. `page`: page_no, page_id, payload or known_id, etag, last_modified, link, records_hash, records (how many),
-- headers, rows, bytes, total (how many records there are in all, where the source says so), next (null at the end).
create or replace function app.save_sync_page(job_id uuid, message_id bigint, page jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs := app.lock_running_job(save_sync_page.job_id, 'sync');
  v_page_no constant int := (v_job.checkpoint ->> 'page')::int + 1;
  v_rows constant bigint := (v_job.checkpoint ->> 'rows')::bigint + jsonb_array_length(page -> 'rows');
  v_records constant bigint := (v_job.checkpoint ->> 'records')::bigint + (page ->> 'records')::bigint;
  v_bytes constant bigint := (v_job.checkpoint ->> 'offset')::bigint + (page ->> 'bytes')::bigint;
  v_is_last constant boolean := page -> 'next' = 'null';
  v_mapping jsonb := v_job.mapping;
  v_counts jsonb := '{}';
begin
  if v_page_no <> (page ->> 'page_no')::int then
    raise exception 'page % is stored already', page ->> 'page_no' using errcode = 'OD010';
  end if;
  perform app.store_raw_page(v_job, page, v_page_no);
  if page -> 'rows' <> '[]' then
    v_mapping := app.compile_sync_mapping(v_job, array(select jsonb_array_elements_text(page -> 'headers')));
    v_counts := app.merge_sync_page(v_job, page, v_mapping);
    insert into app.ingestion_batches (job_id, batch_no, from_row, to_row, merged_at, counts)
    values (
      v_job.id, v_page_no, (v_counts ->> 'from_row')::bigint, (v_counts ->> 'to_row')::bigint, clock_timestamp(),
      v_counts - '{from_row, to_row}'::text[]
    );
  end if;
  update public.ingestion_jobs as j
  set mapping = v_mapping,
      checkpoint = j.checkpoint || jsonb_build_object(
        'page', v_page_no, 'next', page -> 'next', 'offset', v_bytes, 'rows', v_rows, 'records', v_records,
        'headers', page -> 'headers', 'records_hash', page -> 'records_hash'
      ),
      totals = j.totals || jsonb_build_object(
        'bytes', v_bytes,
        'bytes_read', v_bytes,
        'rows_read', v_rows,
        'rows_valid', (j.totals ->> 'rows_valid')::bigint + coalesce((v_counts ->> 'valid')::bigint, 0),
        'rows_failed', (j.totals ->> 'rows_failed')::bigint + coalesce((v_counts ->> 'failed')::bigint, 0),
        'inserted', (j.totals ->> 'inserted')::bigint + coalesce((v_counts ->> 'inserted')::bigint, 0),
        'updated', (j.totals ->> 'updated')::bigint + coalesce((v_counts ->> 'updated')::bigint, 0),
        'unchanged', (j.totals ->> 'unchanged')::bigint + coalesce((v_counts ->> 'unchanged')::bigint, 0)
      ),
      -- Where the source does not say how much there is, every page halves what seems to be left, ten pages long.
      progress_pct = greatest(j.progress_pct, least(98, round(
        98 * coalesce(v_records / nullif((page ->> 'total')::numeric, 0), v_page_no / (v_page_no + 10.0)), 2
      )))
  where j.id = v_job.id
  returning j.* into v_job;
  update public.connector_cursors as s set cursor = nullif(page -> 'next', 'null')::text
  where s.vendor_id = v_job.vendor_id and s.source = v_job.params ->> 'source';
  if not v_is_last then
    perform app.send_ingest_step(v_job.id, 'sync');
    perform pgmq.delete('ingest', save_sync_page.message_id);
    return;
  end if;
  if v_rows > 0 and v_job.params -> 'updated_after' = 'null' then
    perform app.tell_sync_drift(v_job, v_mapping);
  end if;
  perform app.advance_job(v_job.id, 'finalize', save_sync_page.message_id);
end;
$$;
comment on function app.save_sync_page is
  'Stores and merges a page of a sync and moves its cursor, or raises OD010 or OD030.';
