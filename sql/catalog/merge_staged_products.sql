-- The one way into the catalogue: a batch of public.stg_products becomes products. Read it as a list of steps; each is
-- a function of this folder. Files, calls and patches all pass through here, so a rule holds for all of them.
--   mode    'api' refuses a row for any fault; 'file' leaves out what can be left out; 'atomic' applies all or none
--   fields  the fields a file speaks about (its mapped columns): an empty cell of one clears the stored value, others
--           keep theirs. A row's own stg_products.present goes first; with neither, only values given count.
-- Answers {"received", "inserted", "updated", "unchanged", "failed", "errors", "catalog_version"}; errors of a job go
-- to ingestion_job_errors instead. Faults that did not cost the row are listed too ("applied": true) and not counted as
-- failed.
-- Called by the worker as owner and by app.upsert_products; never granted.
create or replace function app.merge_staged_products(batch_id uuid, mode text, fields text[] default null)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
  v_job_id uuid;
  v_received int;
  -- category_id and category are one field in two notations.
  v_fields constant text[] := (
    select array_agg(distinct coalesce(i.given_as, f.field) order by coalesce(i.given_as, f.field))
    from unnest(merge_staged_products.fields) as f (field)
    left join app.product_item_fields() as i on i.field = f.field
  );
begin
  -- All rows of a batch are of one vendor and one job.
  select s.vendor_id, s.job_id into v_vendor_id, v_job_id
  from public.stg_products as s
  where s.batch_id = merge_staged_products.batch_id
  limit 1;
  select count(*) into v_received
  from public.stg_products as s
  where s.batch_id = merge_staged_products.batch_id;

  perform app.open_merge();
  if v_received > 0 then
    if merge_staged_products.mode = 'file' then
      perform app.drop_invalid_nutrients(merge_staged_products.batch_id);
    end if;
    perform app.translate_staged_lists(v_vendor_id, merge_staged_products.batch_id);
    perform app.translate_staged_terms(v_vendor_id, merge_staged_products.batch_id, merge_staged_products.mode);
    perform app.check_staged_products(
      v_vendor_id, merge_staged_products.batch_id, merge_staged_products.mode, v_fields
    );
    perform app.apply_checked_products(
      v_vendor_id, v_job_id, merge_staged_products.mode,
      -- A connector's pages are merged as a file's rows are, but come from an API.
      case
        when merge_staged_products.mode = 'file' and not exists (
          select from public.ingestion_jobs as j where j.id = v_job_id and j.mode = 'api_sync'
        ) then 'csv'
        else 'api'
      end
    );
  end if;
  return app.close_merge(v_vendor_id, v_job_id, merge_staged_products.batch_id, merge_staged_products.mode, v_received);
end;
$$;

comment on function app.merge_staged_products is
  'Validates, deduplicates and upserts a staged batch; answers its counts and errors.';
