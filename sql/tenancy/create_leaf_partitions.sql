-- The hash leaves under one vendor's part of one table. Called by app.create_vendor_partitions only.
create or replace function app.create_leaf_partitions(vendor_part regclass, spec app.partitioned_tables)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_leaf text;
  v_column text;
begin
  for v_remainder in 0 .. spec.modulus - 1 loop
    v_leaf := format('%s_%s', split_part(vendor_part::text, '.', 2), to_char(v_remainder, 'fm00'));
    execute format('create table partitions.%I (like %s including all excluding comments)', v_leaf, vendor_part);
    execute format('alter table partitions.%I enable row level security, force row level security', v_leaf);
    foreach v_column in array spec.columns_without_statistics loop
      execute format('alter table partitions.%I alter column %I set statistics 0', v_leaf, v_column);
    end loop;
    execute format(
      'alter table %s attach partition partitions.%I for values with (modulus %s, remainder %s)',
      vendor_part, v_leaf, spec.modulus, v_remainder
    );
  end loop;
end;
$$;
comment on function app.create_leaf_partitions is
  'Makes and attaches the hash leaves of one vendor''s part of a table.';
