-- Sends one delivery again, whatever became of it. Definer, because the queue is closed to clients.
create or replace function app.redeliver_webhook(id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_delivery public.webhook_deliveries;
begin
  select d.* into v_delivery
  from public.webhook_deliveries as d
  where d.vendor_id = v_vendor_id and d.id = redeliver_webhook.id;
  if v_delivery.id is null then
    perform app.raise_problem(404, 'not-found', 'There is no such delivery.');
  end if;
  if not (app.find_webhook(v_vendor_id, v_delivery.endpoint_id)).enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  perform app.requeue_deliveries(array[v_delivery.id]);
  select d.* into v_delivery from public.webhook_deliveries as d where d.id = redeliver_webhook.id;
  return app.webhook_delivery_json(v_delivery);
end;
$$;
comment on function app.redeliver_webhook is 'Queues one delivery again; problems 403, 404, 409.';
grant execute on function app.redeliver_webhook to authenticated;
