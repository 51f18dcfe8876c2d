-- Row trigger for tables whose every change belongs into the audit log, whoever makes it: people, commands, a hand in
-- the database. Arguments: the entity, the column that names it, and columns to leave out (secrets, counters). Of an
-- update only what differs is kept; an update that changes nothing else leaves no row.
create or replace function app.audit_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_row jsonb := coalesce(v_after, v_before);
  v_hidden text[] := array['created_at', 'updated_at'] || tg_argv[2:];
  v_vendor_id uuid := case when tg_argv[0] = 'vendor' then v_row ->> 'id' else v_row ->> 'vendor_id' end;
begin
  v_before := v_before - v_hidden;
  v_after := v_after - v_hidden;
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, a.value) into v_before, v_after
    from jsonb_each(v_before) as b
    join jsonb_each(v_after) as a on a.key = b.key and a.value <> b.value;
    if v_before is null then
      return null;
    end if;
  end if;
  perform app.write_audit(
    action => format(
      '%s.%s', tg_argv[0], case tg_op when 'INSERT' then 'added' when 'UPDATE' then 'updated' else 'removed' end
    ),
    entity => tg_argv[0],
    entity_id => v_row ->> tg_argv[1],
    before => v_before,
    after => v_after,
    vendor_id => v_vendor_id
  );
  return null;
end;
$$;
comment on function app.audit_change is
  'After-row trigger: writes <entity>.added, .updated or .removed with what changed. Arguments: entity, key, hidden '
  'columns.';
