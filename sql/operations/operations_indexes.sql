-- What lets the operators' figures be counted without reading whole tables.
create index if not exists ingestion_jobs_open_idx on public.ingestion_jobs (mode, status) where finished_at is null;
create index if not exists ingestion_jobs_finished_at_idx on public.ingestion_jobs (finished_at)
  where finished_at is not null;
create index if not exists webhook_deliveries_dead_idx on public.webhook_deliveries (finished_at)
  where status = 'dead';
