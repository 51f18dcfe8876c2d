-- One file (or one connector sync) on its way into the catalogue: what the caller asked for, where the pipeline stands,
-- and what came of it. `step` and `checkpoint` are the worker's; everything a client sees goes through
-- get_ingestion_job.
create table if not exists public.ingestion_jobs (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  mode text not null,
  status text not null default 'queued',
  progress_pct numeric(5, 2) not null default 0,
  totals jsonb not null default app.empty_ingestion_totals(),
  error_url text,
  started_at timestamptz,
  finished_at timestamptz,
  attempt int not null default 0,
  params jsonb not null default '{}',
  super_id uuid not null,
  step text not null default 'upload',
  checkpoint jsonb not null default '{}',
  dialect jsonb,
  mapping jsonb,
  error jsonb,
  created_by uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint ingestion_jobs_pkey primary key (id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade,
  constraint mode_is_known check (mode in ('products', 'customers', 'api_sync')),
  constraint status_is_valid check (status in ('queued', 'running', 'failed', 'completed', 'canceled')),
  constraint step_is_known check (
    step in ('upload', 'detect', 'load', 'plan', 'merge', 'sync', 'finalize', 'done')
  ),
  constraint progress_is_a_percentage check (progress_pct between 0 and 100),
  constraint an_ended_job_says_when check ((status in ('failed', 'completed', 'canceled')) = (finished_at is not null)),
  constraint a_failed_job_says_why check (status <> 'failed' or error is not null)
);
create index if not exists ingestion_jobs_vendor_id_created_at_idx on public.ingestion_jobs (
  vendor_id, created_at desc, id desc
);
create index if not exists ingestion_jobs_waiting_for_upload_idx on public.ingestion_jobs (created_at)
  where step = 'upload' and status = 'queued';
comment on table public.ingestion_jobs is
  'Ingestion jobs. Members read those of their vendor; functions and the worker write them.';
comment on column public.ingestion_jobs.id is 'Names the job; also the folder of its file in Storage.';
comment on column public.ingestion_jobs.vendor_id is 'Whose catalogue the file goes into.';
comment on column public.ingestion_jobs.mode is 'What the rows are: products, customers, or api_sync for a connector.';
comment on column public.ingestion_jobs.status is
  'queued until the upload is whole, then running, then completed, failed or canceled.';
comment on column public.ingestion_jobs.progress_pct is
  'Share of the work done, from bytes read and rows merged; never goes back.';
comment on column public.ingestion_jobs.totals is
  'bytes, bytes_read, rows_read, rows_valid, rows_failed, inserted, updated, unchanged.';
comment on column public.ingestion_jobs.error_url is
  'Path of errors.csv in the bucket ingest; null without row errors. The API answers with a signed URL.';
comment on column public.ingestion_jobs.started_at is 'When the worker took the job up.';
comment on column public.ingestion_jobs.finished_at is 'When it was completed, failed or canceled.';
comment on column public.ingestion_jobs.attempt is 'How often a step of the job had to be tried again.';
comment on column public.ingestion_jobs.params is
  'What the caller asked for: filename, dialect, mapping; the source of a sync.';
comment on column public.ingestion_jobs.super_id is 'The workflow id minted for the job.';
comment on column public.ingestion_jobs.step is
  'What the worker does next: upload, detect, load, plan, merge (sync for a connector), finalize, done.';
comment on column public.ingestion_jobs.checkpoint is 'Where a step that was interrupted goes on.';
comment on column public.ingestion_jobs.dialect is
  'Encoding, delimiter, quote, line end and header as detected or given.';
comment on column public.ingestion_jobs.mapping is
  'Which columns became which fields, by what operations, how sure and why.';
comment on column public.ingestion_jobs.error is 'Why the job failed: code, detail, remedy. Null unless failed.';
comment on column public.ingestion_jobs.created_by is 'The member who started it; null for the platform.';
comment on column public.ingestion_jobs.created_at is 'When the job was made.';
comment on column public.ingestion_jobs.updated_at is 'When anything of it last changed.';

create or replace trigger touch_updated_at_trigger
before update on public.ingestion_jobs
for each row execute function app.touch_updated_at();

alter table public.ingestion_jobs enable row level security;
alter table public.ingestion_jobs force row level security;
create policy "members read the jobs of their vendor" on public.ingestion_jobs
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_viewer')));
grant select on public.ingestion_jobs to authenticated, service_role;
