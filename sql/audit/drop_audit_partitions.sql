-- Drops the months of the audit log that lie wholly before the retention time, with their seals. Six years is the
-- least: a shorter time is refused, whoever asks, and so is a present time that has not come. Before a month goes, the
-- places it held in the chain are written down. A schedule calls it.
create or replace function app.drop_audit_partitions(
  keep interval default interval '6 years', at timestamptz default now()
)
returns text[]
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_before timestamptz := least(at, now()) - keep;
  v_oldest text;
  v_part text;
  v_dropped text[] := '{}';
begin
  if v_before > least(at, now()) - interval '6 years' then
    raise exception 'the audit log is kept six years at least, not %', keep using errcode = 'invalid_parameter_value';
  end if;
  -- A month may go when the one after it has begun before that time.
  v_oldest := to_char((v_before at time zone 'utc') - interval '1 month', 'yyyy_mm');
  for v_part in
    select c.relname
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent in ('public.audit_log'::regclass, 'app.audit_seals'::regclass)
      and right(c.relname, 7) <= v_oldest
    order by c.relname
  loop
    if v_part like 'audit_seals%' then
      execute format(
        'insert into app.audit_retired_months (part, first_seq, last_seq) '
        'select %L, min(s.seq), max(s.seq) from partitions.%I as s having count(*) > 0',
        v_part, v_part
      );
    end if;
    execute format('drop table partitions.%I', v_part);
    v_dropped := array_append(v_dropped, v_part);
  end loop;
  return v_dropped;
end;
$$;
comment on function app.drop_audit_partitions is
  'Drops months of the audit log older than the retention time, six years or more; returns their names.';
