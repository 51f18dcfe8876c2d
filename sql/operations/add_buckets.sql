-- Adds two histograms bucket by bucket.
create or replace function app.add_buckets(a bigint[], b bigint[])
returns bigint[]
language sql
immutable
strict
parallel safe
set search_path = ''
as $$
  select array_agg(pair.x + pair.y order by pair.place)
  from unnest(add_buckets.a, add_buckets.b) with ordinality as pair (x, y, place);
$$;
comment on function app.add_buckets is 'The sum of two histograms of the same length.';
