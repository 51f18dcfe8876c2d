-- Removes a connector with its secret and its state, and cancels its sync; what was synced stays in the catalogue.
-- Definer, because the table is closed to writers.
create or replace function app.delete_connector(source text)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_connector public.connectors := app.find_connector(app.require_vendor('vendor_admin'), delete_connector.source);
  v_job_id uuid;
begin
  select j.id into v_job_id
  from public.connector_cursors as s
  join public.ingestion_jobs as j on j.id = s.job_id and j.finished_at is null
  where s.vendor_id = v_connector.vendor_id and s.source = v_connector.source;
  if v_job_id is not null then
    perform app.cancel_ingestion_job(v_job_id);
  end if;
  delete from public.connectors as c where c.id = v_connector.id;
end;
$$;
comment on function app.delete_connector is 'Removes a connector; problems 403, 404.';
grant execute on function app.delete_connector to authenticated;
