-- Retention: drops whole months of events that ended longer ago than `keep`. A schedule calls it.
create or replace function app.drop_analytics_partitions(
  keep interval default '13 months', at timestamptz default now()
)
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_part record;
  v_dropped int := 0;
begin
  for v_part in
    select c.relname as name
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
    where i.inhparent = 'public.analytics_events'::regclass
      and to_date(right(c.relname, 7), 'yyyy_mm') + interval '1 month'
        < drop_analytics_partitions.at - drop_analytics_partitions.keep
  loop
    execute format('drop table partitions.%I', v_part.name);
    v_dropped := v_dropped + 1;
  end loop;
  return v_dropped;
end;
$$;
comment on function app.drop_analytics_partitions is 'Drops months of events older than so long; returns how many.';
