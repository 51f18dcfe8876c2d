-- Keeps what the head of the file showed, makes the table for its rows and queues the load.
create or replace function app.finish_detect(
  job_id uuid,
  message_id bigint,
  dialect jsonb,
  mapping jsonb,
  positions int[],
  first_offset bigint,
  bytes bigint,
  etag text
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.lock_running_job(finish_detect.job_id, 'detect');
  perform app.create_staging(finish_detect.job_id, finish_detect.positions);
  update public.ingestion_jobs as j
  set dialect = finish_detect.dialect,
      mapping = finish_detect.mapping,
      totals = j.totals || jsonb_build_object('bytes', finish_detect.bytes),
      checkpoint = jsonb_build_object(
        'first_offset', finish_detect.first_offset, 'offset', finish_detect.first_offset,
        'rows', 0, 'faulty', 0, 'positions', finish_detect.positions, 'etag', finish_detect.etag
      )
  where j.id = finish_detect.job_id;
  perform app.advance_job(finish_detect.job_id, 'load', finish_detect.message_id);
end;
$$;
comment on function app.finish_detect is 'Stores dialect and mapping of a job and moves it to the load.';
