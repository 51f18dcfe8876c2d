-- What the worker needs for the next page of a sync: the connector with its secret, and a moment of its rate limit.
-- Where that is far off, the step is queued anew for then and the answer is null: waiting is nobody's work.
create or replace function app.begin_sync_page(job_id uuid, message_id bigint, most_seconds numeric)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job constant public.ingestion_jobs := app.lock_running_job(begin_sync_page.job_id, 'sync');
  v_connector public.connectors;
  v_slot record;
begin
  select c.* into v_connector from public.connectors as c
  where c.vendor_id = v_job.vendor_id and c.source = v_job.params ->> 'source';
  if v_connector.id is null then
    raise exception 'the connector is gone' using errcode = 'OD010';
  end if;
  v_slot := app.take_connector_slot(v_connector, begin_sync_page.most_seconds);
  if not v_slot.taken then
    perform app.send_ingest_step(v_job.id, 'sync', ceil(v_slot.wait_seconds)::int);
    perform pgmq.delete('ingest', begin_sync_page.message_id);
    return null;
  end if;
  return jsonb_build_object(
    'connector', to_jsonb(v_connector), 'secret', app.connector_secret(v_connector),
    'wait_seconds', v_slot.wait_seconds
  );
end;
$$;
comment on function app.begin_sync_page is 'Connector, secret and free moment for the next request of a sync.';
