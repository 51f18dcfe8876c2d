-- Starts jobs whose upload is whole but which nobody started, and puts back steps whose message is gone (a queue
-- restored from a backup, a message archived by hand). Called by the worker now and then; returns how many it moved.
create or replace function app.sweep_uploaded_files()
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_moved int := 0;
  v_job record;
begin
  for v_job in
    select o.name, (o.metadata ->> 'size')::bigint as bytes
    from public.ingestion_jobs as j
    join storage.objects as o
      on o.bucket_id = 'ingest' and o.name = j.vendor_id || '/' || j.id || '/upload'
    where j.step = 'upload' and j.status = 'queued' and o.metadata is not null
  loop
    if app.start_uploaded_job(v_job.name, v_job.bytes) then
      v_moved := v_moved + 1;
    end if;
  end loop;
  for v_job in
    select j.id, j.step
    from public.ingestion_jobs as j
    where j.status = 'running' and j.step <> 'upload'
      and j.updated_at < now() - interval '2 minutes'
      and not exists (select from pgmq.q_ingest as q where q.message ->> 'job_id' = j.id::text)
    for update skip locked
  loop
    perform app.send_ingest_step(v_job.id, v_job.step);
    update public.ingestion_jobs as j set attempt = j.attempt + 1 where j.id = v_job.id;
    v_moved := v_moved + 1;
  end loop;
  return v_moved;
end;
$$;
comment on function app.sweep_uploaded_files is
  'Starts or revives jobs that no message stands for; safe to call at any time.';
