-- Merges one batch of a job that nobody is merging: stage, merge, count and checkpoint in this one transaction. Two
-- lanes of messages let two workers share a job; the one that merges the last batch moves the job on. Returns the
-- batch's counts, or null where nothing was left for this lane.
create or replace function app.merge_next_batch(job_id uuid, message_id bigint)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs;
  v_batch app.ingestion_batches;
  v_counts jsonb;
begin
  select j.* into v_job from public.ingestion_jobs as j
  where j.id = merge_next_batch.job_id and j.status = 'running' and j.step = 'merge';
  if v_job.id is null then
    raise exception 'job is not merging' using errcode = 'OD010';
  end if;
  if not app.is_staging_intact(v_job.id) then
    perform app.restart_load(v_job.id, 'merge', merge_next_batch.message_id);
    return null;
  end if;
  select b.* into v_batch from app.ingestion_batches as b
  where b.job_id = v_job.id
    and b.merged_at is null
    and (
      not b.waits
      or not exists (
        select from app.ingestion_batches as e
        where e.job_id = b.job_id and e.batch_no < b.batch_no and e.merged_at is null
      )
    )
  order by b.batch_no
  limit 1
  for update skip locked;
  if v_batch.job_id is not null then
    v_counts := app.merge_job_batch(v_job, v_batch.from_row, v_batch.to_row);
    update app.ingestion_batches as b set merged_at = clock_timestamp(), counts = v_counts
    where b.job_id = v_job.id and b.batch_no = v_batch.batch_no;
  end if;
  perform app.lock_running_job(v_job.id, 'merge');
  perform app.refresh_job_totals(v_job.id);
  if not exists (select from app.ingestion_batches as b where b.job_id = v_job.id and b.merged_at is null) then
    perform app.advance_job(v_job.id, 'finalize', merge_next_batch.message_id);
  elsif v_batch.job_id is null then
    -- The other lane holds what is left, or what that waits for; should it die, its own message comes back.
    perform pgmq.delete('ingest', merge_next_batch.message_id);
  else
    perform app.send_ingest_step(v_job.id, 'merge');
    perform pgmq.delete('ingest', merge_next_batch.message_id);
  end if;
  return v_counts;
end;
$$;
comment on function app.merge_next_batch is 'Merges the next free batch of a job and queues what follows.';
