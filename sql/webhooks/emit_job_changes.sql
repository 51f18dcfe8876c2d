-- A job changes the catalogue in many batches and is told as one change set, when it ends, however it ends: one
-- product.updated (or customer.updated) with counts, not two million.
create or replace function app.emit_job_changes()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_inserted bigint := coalesce((new.totals ->> 'inserted')::bigint, 0);
  v_updated bigint := coalesce((new.totals ->> 'updated')::bigint, 0);
  v_data jsonb;
begin
  if v_inserted + v_updated = 0 then
    return null;
  end if;
  v_data := jsonb_build_object(
    'count', v_inserted + v_updated, 'inserted', v_inserted, 'updated', v_updated, 'job_id', new.id
  );
  if new.mode = 'customers' then
    perform app.emit_event(
      new.vendor_id, 'customer.updated', v_data || '{"customer_ids": null, "change": "profile"}', new.super_id
    );
    return null;
  end if;
  perform app.emit_event(
    new.vendor_id, 'product.updated',
    v_data || jsonb_build_object(
      'deleted', 0, 'product_ids', null,
      'catalog_version', (select v.catalog_version from public.vendors as v where v.id = new.vendor_id)
    ),
    new.super_id
  );
  return null;
end;
$$;
comment on function app.emit_job_changes is
  'After-row trigger of ingestion_jobs: one event for all that a job changed.';

create trigger emit_job_changes_trigger
after update of status on public.ingestion_jobs
for each row
when (old.finished_at is null and new.finished_at is not null)
execute function app.emit_job_changes();
