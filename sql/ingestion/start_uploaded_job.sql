-- Starts the job a finished upload belongs to, once: whoever finds the job still waiting moves it on, everyone later
-- (a second trigger, the sweep) finds nothing to do. Returns whether this call started it.
create or replace function app.start_uploaded_job(object_name text, bytes bigint)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_path constant text[] := string_to_array(start_uploaded_job.object_name, '/');
  v_job_id uuid;
begin
  if cardinality(v_path) <> 3 or v_path[3] <> 'upload'
    or not pg_input_is_valid(v_path[1], 'uuid') or not pg_input_is_valid(v_path[2], 'uuid') then
    return false;
  end if;
  update public.ingestion_jobs
  set status = 'running',
      step = 'detect',
      started_at = now(),
      totals = totals || jsonb_build_object('bytes', coalesce(start_uploaded_job.bytes, 0))
  where id = v_path[2]::uuid and vendor_id = v_path[1]::uuid and step = 'upload' and status = 'queued'
  returning id into v_job_id;
  if v_job_id is null then
    return false;
  end if;
  perform app.send_ingest_step(v_job_id, 'detect');
  return true;
end;
$$;
comment on function app.start_uploaded_job is
  'Moves the job of an uploaded object from upload to detect, exactly once.';
