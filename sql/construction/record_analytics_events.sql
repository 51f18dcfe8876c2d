-- Writes a batch of events in one statement: [{name, properties, at}], `at` in milliseconds since 1970. What happened
-- while the database was away comes late; anything outside the last day is taken to have happened now. For the
-- functions, connected as the owner.
create or replace function app.record_analytics_events(events jsonb)
returns int
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_written int;
begin
  if to_regclass(format('partitions.analytics_events_%s', to_char(now() at time zone 'utc', 'yyyy_mm'))) is null then
    perform app.create_analytics_partitions();
  end if;
  insert into public.analytics_events (event_name, event_properties, created_at)
  select
    e.name,
    coalesce(e.properties, '{}'),
    case
      when to_timestamp(e.at / 1000) between now() - interval '1 day' and now() then to_timestamp(e.at / 1000)
      else now()
    end
  from jsonb_to_recordset(record_analytics_events.events) as e (name text, properties jsonb, at double precision);
  get diagnostics v_written = row_count;
  return v_written;
end;
$$;
comment on function app.record_analytics_events is 'Writes a batch of events for dashboards; returns how many.';
