-- How large the tables are, partitions together: measured now and then, since asking every file of every partition
-- takes a while. Unlogged: it is measured anew after a crash.
create unlogged table app.table_sizes (
  name text not null,
  bytes bigint not null,
  row_estimate bigint not null,
  partitions int not null,
  largest_partition_bytes bigint not null,
  measured_at timestamptz not null,
  constraint table_sizes_pkey primary key (name)
);
comment on table app.table_sizes is 'Sizes of the tables when they were last measured.';
comment on column app.table_sizes.name is
  'Schema and table; app.ingest_staging for the tables of running jobs together.';
comment on column app.table_sizes.bytes is 'On disk, with indexes and out-of-line values.';
comment on column app.table_sizes.row_estimate is 'As of the last vacuum or analyze.';
comment on column app.table_sizes.partitions is 'Leaves of a partitioned table; 1 for others.';
comment on column app.table_sizes.largest_partition_bytes is 'The largest of them.';
comment on column app.table_sizes.measured_at is 'When it was measured.';
alter table app.table_sizes enable row level security;
alter table app.table_sizes force row level security;
