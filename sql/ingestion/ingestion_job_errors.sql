-- What was wrong with which row. Also written by app.merge_staged_products, for the rows of a job's batch.
create table if not exists public.ingestion_job_errors (
  id bigint generated always as identity,
  job_id uuid not null,
  row_no bigint not null,
  field text,
  code text not null,
  message text not null,
  raw jsonb,
  constraint ingestion_job_errors_pkey primary key (id),
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete cascade,
  constraint code_is_a_word check (code ~ '^[a-z0-9_]+$')
);
create index if not exists ingestion_job_errors_job_id_row_no_idx on public.ingestion_job_errors (job_id, row_no, id);
comment on table public.ingestion_job_errors is
  'Row errors of ingestion jobs, as in errors.csv. Members read those of their vendor.';
comment on column public.ingestion_job_errors.id is 'Order of discovery.';
comment on column public.ingestion_job_errors.job_id is 'The job.';
comment on column public.ingestion_job_errors.row_no is 'The record of the file, from 1, the header not counted.';
comment on column public.ingestion_job_errors.field is 'The field it is about; null when it is the whole row.';
comment on column public.ingestion_job_errors.code is
  'What is wrong, as a word for programs: ragged_row, superseded, barcode_damaged, ...';
comment on column public.ingestion_job_errors.message is 'What is wrong and what to do, as a sentence.';
comment on column public.ingestion_job_errors.raw is
  'The row as it came: header to cell, or {"line"} where it could not be split.';

alter table public.ingestion_job_errors enable row level security;
alter table public.ingestion_job_errors force row level security;
create policy "members read the row errors of their vendor's jobs" on public.ingestion_job_errors
for select to authenticated
using (
  job_id in (select j.id from public.ingestion_jobs as j where j.vendor_id = (select app.current_vendor_id()))
  and (select app.has_role('vendor_viewer'))
);
grant select on public.ingestion_job_errors to authenticated, service_role;
