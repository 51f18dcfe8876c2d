-- Last step of a merge: report, move the catalogue's version once, clear the staging. The vendor's row is touched last,
-- so that it is locked for as short as can be.
create or replace function app.close_merge(vendor_id uuid, job_id uuid, batch_id uuid, mode text, received int)
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
  v_failed int;
  v_errors jsonb;
  v_change jsonb;
begin
  select
    count(*) filter (where m.written = 'inserted'),
    count(*) filter (where m.written = 'updated')
  into v_inserted, v_updated
  from pg_temp.merge_plan as m;

  select count(distinct e.row_no) into v_failed from pg_temp.merge_errors as e where not e.applied;

  if close_merge.job_id is null then
    select jsonb_agg(
      jsonb_build_object(
        'row_no', e.row_no, 'external_id', e.external_id, 'pointer', e.pointer, 'code', e.code, 'detail', e.detail
      ) || case when e.applied then '{"applied": true}' else '{}' end::jsonb
      order by e.row_no, e.pointer
    )
    into v_errors
    from pg_temp.merge_errors as e;
  else
    insert into public.ingestion_job_errors (job_id, row_no, field, code, message, raw)
    select close_merge.job_id, e.row_no, nullif(substr(e.pointer, 2), ''), e.code, e.detail, s.raw
    from pg_temp.merge_errors as e
    left join public.stg_products as s on s.batch_id = close_merge.batch_id and s.row_no = e.row_no
    order by e.row_no, e.pointer;
  end if;

  if close_merge.mode = 'atomic' and v_failed > 0 then
    perform app.raise_problem(
      status => 400,
      type => 'invalid-items',
      detail => format('%s of %s items are invalid; nothing was applied.', v_failed, close_merge.received),
      errors => v_errors
    );
  end if;

  if close_merge.job_id is null and v_inserted + v_updated > 0 then
    v_change := jsonb_build_object('inserted', v_inserted, 'updated', v_updated, 'product_ids', case
      when v_inserted + v_updated <= most_ids then
        (select jsonb_agg(m.id order by m.row_no) from pg_temp.merge_plan as m where m.written is not null)
    end);
  end if;
  -- A job's words wait in the pending lists (4 MB a leaf at most), where moving them together costs half; its end moves
  -- what is left (app.settle_catalogue).
  if close_merge.job_id is null and v_inserted + v_updated >= 1000 then
    perform app.flush_search_index(close_merge.vendor_id);
  end if;
  delete from public.stg_products as s where s.batch_id = close_merge.batch_id;
  return jsonb_build_object(
    'received', close_merge.received,
    'inserted', v_inserted,
    'updated', v_updated,
    'unchanged', close_merge.received - v_failed - v_inserted - v_updated,
    'failed', v_failed,
    'errors', coalesce(v_errors, '[]'),
    'catalog_version', app.touch_catalog(
      close_merge.vendor_id, v_inserted + v_updated, v_change, is_of_job => close_merge.job_id is not null
    )
  );
end;
$$;

comment on function app.close_merge is 'Reports a merge, moves catalog_version and empties the batch.';
