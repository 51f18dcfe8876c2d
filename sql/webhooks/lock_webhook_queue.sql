-- Makes those who queue deliveries or end ordered ones follow each other: else an event could be blocked by one that
-- has just ended, and wait for ever. false: somebody else holds it, and the caller does not want to wait.
create or replace function app.lock_webhook_queue(wait boolean default true)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key constant bigint := hashtextextended('app.webhook_queue', 0);
begin
  if not lock_webhook_queue.wait then
    return pg_try_advisory_xact_lock(v_key);
  end if;
  perform pg_advisory_xact_lock(v_key);
  return true;
end;
$$;
comment on function app.lock_webhook_queue is 'Serialises the queue of webhook deliveries until the transaction ends.';
