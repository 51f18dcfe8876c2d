-- Makes what is missing of the events' monthly partitions, from last month so many months ahead. Built apart and
-- attached, so writers go on. A schedule calls it, and record_analytics_events when a month is missing all the same.
create or replace function app.create_analytics_partitions(months_ahead int default 2, at timestamptz default now())
returns int
language plpgsql
volatile
set search_path = ''
set lock_timeout = '5s'
as $$
declare
  v_month constant timestamp := date_trunc('month', create_analytics_partitions.at at time zone 'utc');
  v_from timestamptz;
  v_to timestamptz;
  v_part text;
  v_made int := 0;
begin
  perform pg_advisory_xact_lock(hashtextextended('app.create_analytics_partitions', 0));
  for v_offset in -1 .. months_ahead loop
    v_from := (v_month + make_interval(months => v_offset)) at time zone 'utc';
    v_to := (v_from at time zone 'utc' + interval '1 month') at time zone 'utc';
    v_part := format('analytics_events_%s', to_char(v_from at time zone 'utc', 'yyyy_mm'));
    continue when to_regclass(format('partitions.%I', v_part)) is not null;
    execute format(
      'create table partitions.%I (like public.analytics_events including all excluding comments excluding identity)',
      v_part
    );
    execute format('alter table partitions.%I enable row level security, force row level security', v_part);
    execute format(
      'alter table public.analytics_events attach partition partitions.%I for values from (%L) to (%L)',
      v_part, v_from, v_to
    );
    v_made := v_made + 1;
  end loop;
  return v_made;
end;
$$;
comment on function app.create_analytics_partitions is
  'Makes missing monthly partitions of analytics_events; returns how many.';
