-- Ends one piece of the load: in the transaction that stored the piece's rows, and only if the file was read up to
-- where the piece began. A second worker on the same piece gets OD010 and undoes its copy.
create or replace function app.save_load_progress(
  job_id uuid,
  from_offset bigint,
  to_offset bigint,
  rows bigint,
  faulty bigint,
  etag text default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_job public.ingestion_jobs := app.lock_running_job(save_load_progress.job_id, 'load');
begin
  if (v_job.checkpoint ->> 'offset')::bigint <> save_load_progress.from_offset then
    raise exception 'piece at % is stored already', save_load_progress.from_offset using errcode = 'OD010';
  end if;
  update public.ingestion_jobs as j
  set checkpoint = j.checkpoint || jsonb_build_object(
    'offset', save_load_progress.to_offset,
    'rows', (j.checkpoint ->> 'rows')::bigint + save_load_progress.rows,
    'faulty', (j.checkpoint ->> 'faulty')::bigint + save_load_progress.faulty,
    'etag', coalesce(save_load_progress.etag, j.checkpoint ->> 'etag')
  )
  where j.id = save_load_progress.job_id;
  perform app.refresh_job_totals(save_load_progress.job_id);
end;
$$;
comment on function app.save_load_progress is
  'Moves the load''s checkpoint from one offset to the next, or raises OD010.';
