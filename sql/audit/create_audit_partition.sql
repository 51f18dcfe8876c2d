-- One month of the audit log or of its seals, closed to change like its parent: a statement trigger on the parent does
-- not see statements that name the partition.
create or replace function app.create_audit_partition(parent regclass, key text, part text, from_time timestamptz)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_to timestamptz := (from_time at time zone 'utc' + interval '1 month') at time zone 'utc';
begin
  execute format(
    'create table partitions.%I (like %s including all excluding comments excluding identity)', part, parent
  );
  execute format('alter table partitions.%I enable row level security, force row level security', part);
  execute format(
    'create trigger refuse_change_trigger before update or delete or truncate on partitions.%I '
    'for each statement execute function app.refuse_change()',
    part
  );
  execute format('alter table partitions.%I enable always trigger refuse_change_trigger', part);
  execute format(
    'alter table %s attach partition partitions.%I for values from (%L) to (%L)', parent, part, from_time, v_to
  );
end;
$$;
comment on function app.create_audit_partition is 'Makes and attaches one month of an audit table.';
