-- Removes an endpoint with its deliveries and secrets. Definer, because the table is closed to writers.
create or replace function app.delete_webhook(id uuid)
returns void
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), delete_webhook.id);
begin
  delete from public.webhook_endpoints as e where e.id = v_endpoint.id;
end;
$$;
comment on function app.delete_webhook is 'Removes a webhook endpoint; problems 403, 404.';
grant execute on function app.delete_webhook to authenticated;
