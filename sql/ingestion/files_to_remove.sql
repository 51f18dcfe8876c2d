-- Objects of the bucket ingest whose time is over. Only the Storage API removes an object with its bytes, so the worker
-- does it and takes the row away afterwards; a worker killed in between removes the object once more, which is
-- harmless.
create table app.files_to_remove (
  path text not null,
  noted_at timestamptz not null default now(),
  constraint files_to_remove_pkey primary key (path)
);
comment on table app.files_to_remove is 'Files past their retention, until the worker has removed them from Storage.';
comment on column app.files_to_remove.path is 'The object in the bucket ingest.';
comment on column app.files_to_remove.noted_at is 'When it was found to be past its retention.';
alter table app.files_to_remove enable row level security;
alter table app.files_to_remove force row level security;
