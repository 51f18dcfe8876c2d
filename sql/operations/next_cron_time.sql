-- When a cron expression, read as pg_cron reads it, comes due next: five fields in UTC, or "N seconds". With both a day
-- of the month and a day of the week given, either will do. Refuses what it cannot read and what never comes.
create or replace function app.next_cron_time(expression text, after timestamptz)
returns timestamptz
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_after constant timestamp := next_cron_time.after at time zone 'utc';
  v_seconds constant int := substring(expression from '^([1-9]|[1-5]\d) seconds$')::int;
  v_fields constant text[] := regexp_split_to_array(expression, ' +');
  v_minutes int[];
  v_hours int[];
  v_days int[];
  v_months int[];
  v_weekdays int[];
  v_day timestamp;
  v_time timestamp;
begin
  if v_seconds is not null then
    return next_cron_time.after + make_interval(secs => v_seconds);
  end if;
  if cardinality(v_fields) <> 5 then
    raise exception '% is neither a cron expression nor "N seconds"', quote_literal(expression)
      using errcode = 'invalid_parameter_value';
  end if;
  v_minutes := app.cron_values(v_fields[1], 0, 59);
  v_hours := app.cron_values(v_fields[2], 0, 23);
  v_days := app.cron_values(v_fields[3], 1, 31);
  v_months := app.cron_values(v_fields[4], 1, 12);
  v_weekdays := app.cron_values(v_fields[5], 0, 7);
  -- Nine years hold every 29th of February, whatever the century.
  for v_offset in 0 .. 9 * 366 loop
    v_day := date_trunc('day', v_after) + make_interval(days => v_offset);
    continue when extract(month from v_day)::int <> all (v_months)
      or case
        when left(v_fields[3], 1) = '*' or left(v_fields[5], 1) = '*' then
          extract(day from v_day)::int <> all (v_days)
          or (extract(dow from v_day)::int <> all (v_weekdays) and extract(isodow from v_day)::int <> all (v_weekdays))
        else
          extract(day from v_day)::int <> all (v_days)
          and extract(dow from v_day)::int <> all (v_weekdays) and extract(isodow from v_day)::int <> all (v_weekdays)
      end;
    select min(v_day + make_interval(hours => h, mins => m)) into v_time
    from unnest(v_hours) as h
    cross join unnest(v_minutes) as m
    where v_day + make_interval(hours => h, mins => m) > v_after;
    if v_time is not null then
      return v_time at time zone 'utc';
    end if;
  end loop;
  raise exception '% never comes', quote_literal(expression) using errcode = 'invalid_parameter_value';
end;
$$;
comment on function app.next_cron_time is 'The first time after another at which a cron expression is due.';
