-- Derives a job's totals and progress from what is stored: the load's checkpoint and the merged batches. Derived, not
-- counted up, so a step that runs again cannot count twice. Half the bar is reading, half is merging.
create or replace function app.refresh_job_totals(job_id uuid)
returns void
language sql
volatile
set search_path = ''
as $$
  with merged as (
    select
      coalesce(sum((b.counts ->> 'valid')::bigint), 0) as valid,
      coalesce(sum((b.counts ->> 'failed')::bigint), 0) as failed,
      coalesce(sum((b.counts ->> 'inserted')::bigint), 0) as inserted,
      coalesce(sum((b.counts ->> 'updated')::bigint), 0) as updated,
      coalesce(sum((b.counts ->> 'unchanged')::bigint), 0) as unchanged
    from app.ingestion_batches as b
    where b.job_id = refresh_job_totals.job_id and b.merged_at is not null
  ),
  loaded as (
    select
      coalesce((j.checkpoint ->> 'offset')::bigint, 0) as bytes_read,
      coalesce((j.checkpoint ->> 'rows')::bigint, 0) as rows_read,
      coalesce((j.checkpoint ->> 'faulty')::bigint, 0) as faulty,
      greatest((j.totals ->> 'bytes')::numeric, 1) as bytes
    from public.ingestion_jobs as j
    where j.id = refresh_job_totals.job_id
  )
  update public.ingestion_jobs as j
  set totals = j.totals || jsonb_build_object(
        'bytes_read', case j.step when 'load'
          then greatest(l.bytes_read, (j.totals ->> 'bytes_read')::bigint) else l.bytes_read end,
        'rows_read', case j.step when 'load'
          then greatest(l.rows_read, (j.totals ->> 'rows_read')::bigint) else l.rows_read end,
        'rows_valid', m.valid,
        'rows_failed', l.faulty + m.failed,
        'inserted', m.inserted,
        'updated', m.updated,
        'unchanged', m.unchanged
      ),
      progress_pct = greatest(j.progress_pct, least(98, round(
        48 * least(l.bytes_read / l.bytes, 1)
        + case when j.step in ('merge', 'finalize')
          then 2 + 48 * (m.valid + m.failed)::numeric / greatest(l.rows_read - l.faulty, 1)
          else 0
        end, 2)))
  from merged as m, loaded as l
  where j.id = refresh_job_totals.job_id;
$$;
comment on function app.refresh_job_totals is
  'Sets a job''s totals and progress from its checkpoint and merged batches.';
