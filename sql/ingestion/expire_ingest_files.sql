-- Notes uploads and error files past their retention for removal, those whose job is gone too; files of a job that has
-- not ended stay. A schedule calls it; the worker removes what is noted.
create or replace function app.expire_ingest_files(max_rows int, keep interval, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_noted int;
begin
  insert into app.files_to_remove (path)
  select o.name
  from storage.objects as o
  where o.bucket_id = 'ingest'
    and o.created_at < expire_ingest_files.at - expire_ingest_files.keep
    and not exists (select from app.files_to_remove as f where f.path = o.name)
    and not exists (
      select from public.ingestion_jobs as j
      where j.id::text = split_part(o.name, '/', 2)
        and (j.finished_at is null or j.finished_at > expire_ingest_files.at - expire_ingest_files.keep)
    )
  limit expire_ingest_files.max_rows
  on conflict on constraint files_to_remove_pkey do nothing;
  get diagnostics v_noted = row_count;
  return v_noted;
end;
$$;
comment on function app.expire_ingest_files is 'Notes up to max_rows old ingest files for removal; returns how many.';
