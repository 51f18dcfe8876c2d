-- Lets a job start by itself when Storage records its file. Definer, because Storage writes as a role of its own that
-- has no business with our tables. A host that forbids triggers on storage.objects still has app.sweep_uploaded_files.
create or replace function app.start_job_on_upload()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.start_uploaded_job(new.name, (new.metadata ->> 'size')::bigint);
  return null;
exception when others then
  -- An upload must never fail because of us; the sweep will start the job.
  raise warning 'ingestion job of % not started by the trigger: %', new.name, sqlerrm;
  return null;
end;
$$;
comment on function app.start_job_on_upload is 'Trigger of storage.objects: starts the job whose upload is whole.';

do $$
begin
  create or replace trigger start_job_on_upload_trigger
  after insert or update of metadata on storage.objects
  for each row
  when (new.bucket_id = 'ingest' and new.metadata is not null)
  execute function app.start_job_on_upload();
exception when insufficient_privilege then
  raise notice 'No trigger on storage.objects; app.sweep_uploaded_files starts the jobs.';
end;
$$;
