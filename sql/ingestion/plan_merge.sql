-- Between load and merge: finds what concerns the file as a whole (rows that later ones replace, new terms, barcodes
-- wanted twice), and divides the rows into batches. After a crash the same plan comes out again, and batches that were
-- merged stay merged.
create or replace function app.plan_merge(job_id uuid, message_id bigint)
returns void
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_job public.ingestion_jobs := app.lock_running_job(plan_merge.job_id, 'plan');
  v_table constant text := app.ingest_table(plan_merge.job_id);
  v_rows constant bigint := (v_job.checkpoint ->> 'rows')::bigint;
  -- A batch takes two of these, the first and the last only one: so two lanes work out of step (one computes while the
  -- other waits for the disk) and end together. What two would not speed up is one batch.
  v_halves constant int := case when v_rows > 5000 then 2 * ceil(v_rows / 25000.0) else 1 end;
begin
  if not app.is_staging_intact(v_job.id) then
    perform app.restart_load(v_job.id, 'plan', plan_merge.message_id);
    return;
  end if;
  execute format(
    'create index if not exists %I on %s (row_no)',
    'ingest_' || replace(v_job.id::text, '-', '') || '_row_no_idx',
    v_table
  );
  -- Consecutive numbers: a small sample says all about them.
  execute format('alter table %s alter column row_no set statistics 1', v_table);
  execute format('analyze %s (row_no)', v_table);
  perform app.find_superseded_rows(v_job);
  if v_job.mode = 'products' then
    perform app.add_job_terms(v_job);
  end if;
  insert into app.ingestion_batches (job_id, batch_no, from_row, to_row)
  select
    v_job.id,
    b,
    greatest((2 * b - 3) * v_rows / v_halves, 0) + 1,
    least((2 * b - 1) * v_rows / v_halves, v_rows)
  from generate_series(1, v_halves / 2 + 1) as b
  where v_rows > 0
  on conflict do nothing;
  if v_job.mode = 'products' and v_halves > 1 then
    perform app.order_batches(v_job);
  end if;
  perform app.advance_job(v_job.id, case when v_rows > 0 then 'merge' else 'finalize' end, plan_merge.message_id,
    lanes => case when v_halves > 1 then 2 else 1 end);
  perform app.refresh_job_totals(v_job.id);
end;
$$;
comment on function app.plan_merge is 'Finds superseded rows, makes the batches of a job and queues its merge.';
