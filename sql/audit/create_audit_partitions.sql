-- Makes the monthly partitions of the audit log and of its seals, from the present month so many months ahead; what is
-- there stays. Built apart and attached, so writers go on. There is no default partition: it would have to be searched
-- at every attach. Instead months are made long before, by migration and then by a schedule.
create or replace function app.create_audit_partitions(months_ahead int default 12, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_month constant timestamp := date_trunc('month', create_audit_partitions.at at time zone 'utc');
  v_from timestamptz;
  v_part text;
  v_made int := 0;
  v_table record;
begin
  for v_table in
    select t.parent, t.key
    from (values ('public.audit_log', 'timestamp'), ('app.audit_seals', 'audit_timestamp')) as t (parent, key)
  loop
    for v_offset in 0 .. months_ahead loop
      v_from := (v_month + make_interval(months => v_offset)) at time zone 'utc';
      v_part := format('%s_%s', split_part(v_table.parent, '.', 2), to_char(v_from at time zone 'utc', 'yyyy_mm'));
      continue when to_regclass(format('partitions.%I', v_part)) is not null;
      perform app.create_audit_partition(v_table.parent::regclass, v_table.key, v_part, v_from);
      v_made := v_made + 1;
    end loop;
  end loop;
  return v_made;
end;
$$;
comment on function app.create_audit_partitions is
  'Makes what is missing of the audit log''s partitions for this month and so many more; returns how many.';
