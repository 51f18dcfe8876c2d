-- Sends a webhook.test to one endpoint, on the same way as any event. Definer, because the queue is closed to clients.
create or replace function app.test_webhook(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_endpoint public.webhook_endpoints := app.find_webhook(v_vendor_id, test_webhook.id);
  v_event app.outbox;
  v_delivery public.webhook_deliveries;
begin
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  insert into app.outbox (vendor_id, event_type, data)
  values (
    v_vendor_id, 'webhook.test',
    jsonb_build_object('webhook_id', v_endpoint.id, 'message', 'This is a test of your webhook.')
  )
  returning * into v_event;
  insert into public.webhook_deliveries (id, endpoint_id, vendor_id, event_id, event_type, payload, sequence)
  select
    extensions.uuid_generate_v5(v_endpoint.id, v_event.event_id::text), v_endpoint.id, v_vendor_id, v_event.event_id,
    v_event.event_type, p.payload, p.id
  from app.event_payloads(array[v_event]) as p
  returning * into v_delivery;
  return app.webhook_delivery_json(v_delivery);
end;
$$;
comment on function app.test_webhook is 'Queues a webhook.test for an endpoint; problems 403, 404, 409.';
grant execute on function app.test_webhook to authenticated;
