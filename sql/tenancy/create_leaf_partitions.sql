-- The hash leaves under one vendor's part of one table. The part is not attached yet, so they are made as its
-- partitions outright: nobody waits for its lock. Called by app.create_vendor_partitions only.
create or replace function app.create_leaf_partitions(vendor_part regclass, spec app.partitioned_tables)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_leaf text;
  v_changes text;
begin
  select string_agg(c.change, ', ') into v_changes
  from (
    values ('enable row level security'), ('force row level security')
    union all
    select format('alter column %I set statistics 0', u.name) from unnest(spec.columns_without_statistics) as u (name)
  ) as c (change);
  for v_remainder in 0 .. spec.modulus - 1 loop
    v_leaf := format('%s_%s', split_part(vendor_part::text, '.', 2), to_char(v_remainder, 'fm00'));
    execute format(
      'create table partitions.%I partition of %s for values with (modulus %s, remainder %s)',
      v_leaf, vendor_part, spec.modulus, v_remainder
    );
    execute format('alter table partitions.%I %s', v_leaf, v_changes);
  end loop;
end;
$$;
comment on function app.create_leaf_partitions is
  'Makes the hash leaves of one vendor''s part of a table.';
