-- Keeps endpoints from being removed until the transaction ends; returns those it keeps. It never waits: one that is
-- being removed this very moment is left out, and who works for many vendors is not held up by it.
--
-- The order in which whoever writes to the tables of webhooks takes locks, so that nobody waits in a circle:
-- 1. the endpoint: held by this function to write to its deliveries, locked by app.find_webhook to change it, several
--    in order of id; who removes it locks it for update before anything of it;
-- 2. app.lock_webhook_queue, where deliveries are queued or ordered ones end;
-- 3. its deliveries, in order of id, or without waiting (skip locked);
-- 4. attempts, secrets, the audit log;
-- 5. the lock of app.claim_webhook_deliveries, under which leases are taken.
create or replace function app.hold_webhook_endpoints(ids uuid[])
returns setof public.webhook_endpoints
language plpgsql
volatile
set search_path = ''
as $$
begin
  return query
  select e.*
  from public.webhook_endpoints as e
  join public.vendors as v on v.id = e.vendor_id
  where e.id = any (hold_webhook_endpoints.ids)
  for key share skip locked;
end;
$$;
comment on function app.hold_webhook_endpoints is
  'Keeps endpoints, and their vendors, from being removed; those it keeps. The order of locks stands at its head.';
