-- Adds up histograms bucket by bucket.
create or replace aggregate app.sum_buckets(bigint[]) (
  sfunc = app.add_buckets,
  stype = bigint[]
);
comment on aggregate app.sum_buckets(bigint[]) is 'The sum of histograms of the same length; null of none.';
