-- Starts a sync: a job whose first step is queued, one for a connector at a time. With `whole` everything is asked for,
-- also where the source can be asked for what changed. Definer, because members have no grant to write jobs.
create or replace function app.sync_connector(source text, whole boolean)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_operator');
  -- The lock makes of two that start at once a first and a second.
  v_connector constant public.connectors := app.find_connector(v_vendor_id, sync_connector.source);
  v_cursor public.connector_cursors;
  v_since timestamptz;
  v_job_id constant uuid := gen_random_uuid();
  v_job public.ingestion_jobs;
begin
  if not v_connector.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The connector is switched off.', hint => 'Enable it first.'
    );
  end if;
  select s.* into v_cursor from public.connector_cursors as s
  where s.vendor_id = v_vendor_id and s.source = v_connector.source;
  if exists (select from public.ingestion_jobs as j where j.id = v_cursor.job_id and j.finished_at is null) then
    perform app.raise_problem(
      status => 409, type => 'conflict',
      detail => format('A sync of this connector is running: job %s.', v_cursor.job_id),
      hint => 'Follow that job, or cancel it.'
    );
  end if;
  if v_connector.increments is not null and not coalesce(sync_connector.whole, false) then
    v_since := v_cursor.synced_until
      - make_interval(secs => coalesce((v_connector.increments ->> 'overlap_seconds')::int, 0));
  end if;
  insert into public.ingestion_jobs (
    id, vendor_id, mode, status, step, started_at, params, checkpoint, super_id, created_by
  )
  values (
    v_job_id, v_vendor_id, 'api_sync', 'running', 'sync', clock_timestamp(),
    jsonb_build_object('source', v_connector.source, 'updated_after', v_since),
    jsonb_build_object(
      'page', 0, 'next', null, 'offset', 0, 'rows', 0, 'faulty', 0, 'records', 0, 'headers', '[]'::jsonb,
      'updated_after', v_since
    ),
    app.start_workflow(
      app.current_claims() ->> 'appwrite_user_id',
      jsonb_build_object('workflow', 'connector_sync', 'job_id', v_job_id, 'vendor_id', v_vendor_id)
    ),
    app.current_user_id()
  )
  returning * into strict v_job;
  update public.connector_cursors as s set status = 'running', job_id = v_job_id, cursor = null
  where s.id = v_cursor.id;
  perform app.send_ingest_step(v_job_id, 'sync');
  return v_job;
end;
$$;
comment on function app.sync_connector is 'Starts the sync of a connector; problems 403, 404, 409.';
grant execute on function app.sync_connector to authenticated;
