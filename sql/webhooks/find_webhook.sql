-- An endpoint of the caller's vendor, locked for a change; problem 404 when there is none.
create or replace function app.find_webhook(vendor_id uuid, id uuid)
returns public.webhook_endpoints
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_endpoint public.webhook_endpoints;
begin
  select e.* into v_endpoint
  from public.webhook_endpoints as e
  where e.vendor_id = find_webhook.vendor_id and e.id = find_webhook.id
  for no key update;
  if v_endpoint.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such webhook.');
  end if;
  return v_endpoint;
end;
$$;
comment on function app.find_webhook is 'An endpoint of the vendor, locked; problem 404.';
