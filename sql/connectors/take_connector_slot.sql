-- The rate limit of a connector, which syncs and tests of any worker share: takes the next free moment for a request
-- and answers in how many seconds it is. Where that is more than `most_seconds` nothing is taken.
create or replace function app.take_connector_slot(
  connector public.connectors, most_seconds numeric, out wait_seconds numeric, out taken boolean
)
returns record
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_free timestamptz;
begin
  select greatest(s.next_request_at, clock_timestamp()) into v_free
  from public.connector_cursors as s
  where s.vendor_id = (connector).vendor_id and s.source = (connector).source
  for no key update;
  wait_seconds := greatest(extract(epoch from v_free - clock_timestamp()), 0);
  taken := wait_seconds <= most_seconds;
  if taken then
    update public.connector_cursors as s
    set next_request_at = v_free + interval '1 minute' / (connector).rate_limit_rpm
    where s.vendor_id = (connector).vendor_id and s.source = (connector).source;
  end if;
end;
$$;
comment on function app.take_connector_slot is 'Takes the next moment that the rate limit leaves free, if it is near.';
