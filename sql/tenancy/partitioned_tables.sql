-- The tables that every vendor gets partitions of. A domain registers its table beside it:
--   insert into app.partitioned_tables (table_name, modulus) values ('products', 16) on conflict do nothing;
create table app.partitioned_tables (
  table_name text not null,
  modulus int not null,
  hash_column text not null default 'id',
  columns_without_statistics text[] not null default '{}',
  constraint partitioned_tables_pkey primary key (table_name),
  constraint modulus_is_sensible check (modulus between 1 and 64)
);
comment on table app.partitioned_tables is
  'Tables in public that are LIST partitioned by vendor_id and then HASH partitioned for each vendor.';
comment on column app.partitioned_tables.modulus is
  'How many hash leaves each vendor gets. Fixed once a vendor has them.';
comment on column app.partitioned_tables.hash_column is 'The column the leaves are hashed by.';
comment on column app.partitioned_tables.columns_without_statistics is
  'Wide columns nobody filters by: ANALYZE skips them in the leaves.';
alter table app.partitioned_tables enable row level security;
alter table app.partitioned_tables force row level security;
