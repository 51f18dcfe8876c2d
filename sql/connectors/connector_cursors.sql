-- Where the syncs of a connector stand: the job that runs or ran last, the next page, and what the last whole sync
-- left for the next one. A row for each connector, made and removed with it.
create table public.connector_cursors (
  id uuid not null default gen_random_uuid(),
  vendor_id uuid not null,
  source text not null,
  cursor text,
  synced_at timestamptz,
  status text not null default 'idle',
  job_id uuid,
  synced_until timestamptz,
  fields text[],
  next_request_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint connector_cursors_pkey primary key (id),
  constraint a_connector_has_one_cursor unique (vendor_id, source),
  constraint connector_exists foreign key (vendor_id, source)
  references public.connectors (vendor_id, source) on delete cascade,
  constraint job_exists foreign key (job_id) references public.ingestion_jobs (id) on delete set null,
  constraint status_is_known check (status in ('idle', 'running', 'completed', 'failed', 'canceled'))
);
create index connector_cursors_job_id_idx on public.connector_cursors (job_id);
comment on table public.connector_cursors is 'State of the connectors'' syncs. A vendor''s operators read it.';
comment on column public.connector_cursors.id is 'Identifies the row.';
comment on column public.connector_cursors.vendor_id is 'The connector''s vendor.';
comment on column public.connector_cursors.source is 'The connector.';
comment on column public.connector_cursors.cursor is
  'What the next page is asked for with, as JSON; null when the last sync reached the end.';
comment on column public.connector_cursors.synced_at is 'When a sync was last completed.';
comment on column public.connector_cursors.status is 'idle before the first sync, then as the last sync''s job.';
comment on column public.connector_cursors.job_id is 'The job of the last sync; while it runs no other can start.';
comment on column public.connector_cursors.synced_until is
  'Beginning of the last completed sync: increments ask for what changed since.';
comment on column public.connector_cursors.fields is
  'The fields the source filled in the last whole sync; one that is missing in the next is told.';
comment on column public.connector_cursors.next_request_at is 'The rate limit''s next free moment.';
comment on column public.connector_cursors.updated_at is 'When it last changed.';

create trigger touch_updated_at_trigger
before update on public.connector_cursors
for each row execute function app.touch_updated_at();

alter table public.connector_cursors enable row level security;
alter table public.connector_cursors force row level security;
create policy "operators read the cursors of their vendor" on public.connector_cursors
for select to authenticated
using (vendor_id = (select app.current_vendor_id()) and (select app.has_role('vendor_operator')));
grant select on public.connector_cursors to authenticated, service_role;
