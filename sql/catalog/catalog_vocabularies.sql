-- A number for all that decides what words of a vendor's files mean: synonyms, taxonomies. It moves when a job finds
-- another fingerprint than the one before, so that rows of an unchanged file are read anew where their meaning may have
-- changed.
create table app.catalog_vocabularies (
  vendor_id uuid not null primary key,
  fingerprint bigint not null,
  epoch bigint not null default 1
);
comment on table app.catalog_vocabularies is 'State of the words each vendor''s files are read by.';
comment on column app.catalog_vocabularies.epoch is 'Part of products.source_hash.';
alter table app.catalog_vocabularies enable row level security;
alter table app.catalog_vocabularies force row level security;
