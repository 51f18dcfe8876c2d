-- The share of a job's rows that one merge transaction takes. A batch is merged when merged_at is set, in the
-- transaction that changed the products: that is what makes a repeated message, a killed worker or two workers
-- harmless.
create table if not exists app.ingestion_batches (
  job_id uuid not null,
  batch_no int not null,
  from_row bigint not null,
  to_row bigint not null,
  merged_at timestamptz,
  counts jsonb,
  waits boolean not null default false,
  constraint ingestion_batches_pkey primary key (job_id, batch_no),
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete cascade,
  constraint rows_are_in_order check (from_row <= to_row),
  constraint a_merged_batch_has_counts check ((merged_at is null) = (counts is null))
);
comment on table app.ingestion_batches is 'Ranges of rows of a job, each merged once.';
comment on column app.ingestion_batches.from_row is 'First row_no of the range.';
comment on column app.ingestion_batches.to_row is 'Last row_no of the range.';
comment on column app.ingestion_batches.merged_at is 'When its rows reached the catalogue; null until then.';
comment on column app.ingestion_batches.counts is 'valid, failed, inserted, updated, unchanged, errors_omitted.';
comment on column app.ingestion_batches.waits is
  'Whether it is merged after all batches before it, since a barcode of theirs is wanted again.';
alter table app.ingestion_batches enable row level security;
alter table app.ingestion_batches force row level security;
