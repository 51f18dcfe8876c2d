-- When each vendor last had a turn at the workers. Whose turn is longest ago comes next: a vendor with a hundred files
-- waits for one step of every other vendor, not they for its hundred files.
create table if not exists app.ingest_turns (
  vendor_id uuid not null,
  taken_at timestamptz not null,
  constraint ingest_turns_pkey primary key (vendor_id),
  constraint vendor_exists foreign key (vendor_id) references public.vendors (id) on delete cascade
);
comment on table app.ingest_turns is 'The last turn of each vendor at the steps of ingestion.';
comment on column app.ingest_turns.vendor_id is 'Whose turn it was.';
comment on column app.ingest_turns.taken_at is 'When a worker last took a step of this vendor.';
alter table app.ingest_turns enable row level security;
alter table app.ingest_turns force row level security;
