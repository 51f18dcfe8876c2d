-- Queues an endpoint's dead deliveries again, once what made them fail is repaired. Definer, because the queue is
-- closed to clients.
create or replace function app.recover_webhook(id uuid, since timestamptz)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), recover_webhook.id);
begin
  if not v_endpoint.enabled then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => 'The webhook is disabled.', hint => 'Enable it first.'
    );
  end if;
  return jsonb_build_object(
    'queued', app.requeue_deliveries(
      array(
        select d.id
        from public.webhook_deliveries as d
        where d.vendor_id = v_endpoint.vendor_id and d.endpoint_id = v_endpoint.id and d.status = 'dead'
          and (recover_webhook.since is null or d.finished_at >= recover_webhook.since)
        order by d.sequence
      )
    )
  );
end;
$$;
comment on function app.recover_webhook is 'Queues the dead deliveries of an endpoint again; problems 403, 404, 409.';
grant execute on function app.recover_webhook to authenticated;
