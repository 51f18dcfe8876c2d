-- How long to wait after a failed attempt (1 = the first) before the next one, jitter included; null when that was the
-- last. A receiver's Retry-After makes the wait longer, never shorter, and a day at most.
create or replace function app.webhook_delay(
  attempt int,
  retries_max int,
  retry_after_seconds int default null,
  luck double precision default random()
)
returns interval
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_settings app.webhook_settings;
  v_seconds double precision;
begin
  select s.* into strict v_settings from app.webhook_settings as s;
  if webhook_delay.attempt > least(webhook_delay.retries_max, cardinality(v_settings.schedule_seconds) - 1) then
    return null;
  end if;
  v_seconds := v_settings.schedule_seconds[webhook_delay.attempt + 1]
    * (1 + v_settings.jitter * (2 * webhook_delay.luck - 1));
  return make_interval(secs => greatest(v_seconds, least(coalesce(webhook_delay.retry_after_seconds, 0), 86400)));
end;
$$;
comment on function app.webhook_delay is 'Wait before the attempt after this one; null when there is none.';
