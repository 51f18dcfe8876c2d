-- Makes a job and its super_id in one transaction. Definer, because members have no grant to write jobs; the vendor
-- comes from the claims, and the caller must be an operator.
create or replace function app.create_ingestion_job(mode text, params jsonb)
returns public.ingestion_jobs
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id uuid := app.require_vendor('vendor_operator');
  v_job_id uuid := gen_random_uuid();
  v_job public.ingestion_jobs;
begin
  perform app.require_ingest_mode(create_ingestion_job.mode);
  if jsonb_typeof(coalesce(create_ingestion_job.params, '{}')) <> 'object'
    or not app.json_fits(create_ingestion_job.params, 65536) then
    perform app.raise_problem(400, 'invalid-input', 'The parameters must be a JSON object of at most 64 KiB.',
      jsonb '[{"pointer": "/params", "code": "invalid", "detail": "must be an object of at most 64 KiB"}]');
  end if;
  if create_ingestion_job.params ? 'mapping' then
    perform app.validate_ingest_mapping(
      create_ingestion_job.mode, create_ingestion_job.params -> 'mapping', '/mapping'
    );
  end if;
  insert into public.ingestion_jobs (id, vendor_id, mode, params, super_id, created_by)
  values (
    v_job_id,
    v_vendor_id,
    create_ingestion_job.mode,
    coalesce(create_ingestion_job.params, '{}'),
    app.start_workflow(
      app.current_claims() ->> 'appwrite_user_id',
      jsonb_build_object('workflow', 'ingest', 'job_id', v_job_id, 'vendor_id', v_vendor_id)
    ),
    app.current_user_id()
  )
  returning * into strict v_job;
  return v_job;
end;
$$;
comment on function app.create_ingestion_job is
  'Makes a queued job for the caller''s vendor, with a recorded super_id.';
grant execute on function app.create_ingestion_job to authenticated;
