-- Gives a vendor its part of every registered table. Each part is built apart, with its indexes and a check that
-- repeats the bound, and then attached: that takes a lock on the parent which readers and writers do not feel
-- (create table ... partition of would shut everyone out). Repeating it adds only what is missing.
create or replace function app.create_vendor_partitions(vendor_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_spec app.partitioned_tables;
  v_part text;
begin
  for v_spec in select t.* from app.partitioned_tables as t order by t.table_name loop
    v_part := v_spec.table_name || '_' || replace(vendor_id::text, '-', '');
    -- The very lock that attaching needs; taken first, it lets two calls for one vendor follow each other.
    execute format('lock table only public.%I in share update exclusive mode', v_spec.table_name);
    continue when to_regclass(format('partitions.%I', v_part)) is not null;

    execute format(
      'create table partitions.%I (like public.%I including all excluding comments) partition by hash (%I)',
      v_part, v_spec.table_name, v_spec.hash_column
    );
    execute format('alter table partitions.%I enable row level security, force row level security', v_part);
    perform app.create_leaf_partitions(format('partitions.%I', v_part)::regclass, v_spec);
    execute format(
      'alter table partitions.%I add constraint rows_belong_to_this_vendor '
      'check (vendor_id is not null and vendor_id = %L)',
      v_part, vendor_id
    );
    execute format(
      'alter table public.%I attach partition partitions.%I for values in (%L)',
      v_spec.table_name, v_part, vendor_id
    );
    -- From here on the bound says it; a second check would cost every insert.
    execute format('alter table partitions.%I drop constraint rows_belong_to_this_vendor', v_part);
  end loop;
end;
$$;
comment on function app.create_vendor_partitions is
  'Makes and attaches what a vendor lacks of the registered partitioned tables.';
