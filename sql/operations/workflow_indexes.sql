-- What finds the parts of a workflow by its super id.
create index if not exists ingestion_jobs_super_id_idx on public.ingestion_jobs (super_id);
create index if not exists outbox_super_id_idx on app.outbox (super_id) where super_id is not null;
