-- Last step of a merge: report, tell the outbox once, flush the search index after large batches, clear the staging.
create or replace function app.close_customer_merge(vendor_id uuid, job_id uuid, batch_id uuid, received int)
returns jsonb
language plpgsql
volatile
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
declare
  most_ids constant int := 1000;
  v_inserted int;
  v_updated int;
  v_ids jsonb;
  v_failed int;
  v_errors jsonb;
begin
  select
    count(*) filter (where m.written = 'inserted'),
    count(*) filter (where m.written = 'updated'),
    jsonb_agg(m.id order by m.row_no) filter (where m.written is not null)
  into v_inserted, v_updated, v_ids
  from pg_temp.merge_plan as m;
  select count(distinct e.row_no) into v_failed from pg_temp.merge_errors as e where not e.applied;

  if close_customer_merge.job_id is null then
    select jsonb_agg(
      jsonb_build_object(
        'row_no', e.row_no, 'external_id', e.external_id, 'pointer', e.pointer, 'code', e.code, 'detail', e.detail
      )
      order by e.row_no, e.pointer
    )
    into v_errors
    from pg_temp.merge_errors as e;
  else
    insert into public.ingestion_job_errors (job_id, row_no, field, code, message)
    select close_customer_merge.job_id, e.row_no, nullif(substr(e.pointer, 2), ''), e.code, e.detail
    from pg_temp.merge_errors as e
    order by e.row_no, e.pointer;
  end if;

  -- A job is told as a whole when it ends: app.emit_job_changes.
  if v_inserted + v_updated > 0 and close_customer_merge.job_id is null then
    perform app.emit_event(
      close_customer_merge.vendor_id, 'customer.updated',
      jsonb_build_object(
        'count', v_inserted + v_updated, 'inserted', v_inserted, 'updated', v_updated,
        'customer_ids', case when v_inserted + v_updated <= most_ids then v_ids end, 'change', 'profile',
        'job_id', close_customer_merge.job_id
      )
    );
  end if;
  if v_inserted + v_updated >= 1000 then
    perform app.flush_customer_search(close_customer_merge.vendor_id);
  end if;
  delete from public.stg_customers as s where s.batch_id = close_customer_merge.batch_id;
  return jsonb_build_object(
    'received', close_customer_merge.received,
    'inserted', v_inserted,
    'updated', v_updated,
    'unchanged', close_customer_merge.received - v_failed - v_inserted - v_updated,
    'failed', v_failed,
    'errors', coalesce(v_errors, '[]'),
    'catalog_version', (select v.catalog_version from public.vendors as v where v.id = close_customer_merge.vendor_id)
  );
end;
$$;

comment on function app.close_customer_merge is 'Reports a merge of customers and empties the batch.';
