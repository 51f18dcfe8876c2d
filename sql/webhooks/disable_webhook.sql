-- Switches an endpoint off and tells the vendor's other endpoints. What waits for it stays, and goes on when it is
-- enabled again.
create or replace function app.disable_webhook(id uuid, reason text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_vendor_id uuid;
begin
  update public.webhook_endpoints as e
  set enabled = false, disabled_reason = disable_webhook.reason, disabled_at = now()
  where e.id = disable_webhook.id and e.enabled
  returning e.vendor_id into v_vendor_id;
  if found then
    perform app.emit_event(
      v_vendor_id, 'webhook.disabled',
      jsonb_build_object('webhook_id', disable_webhook.id, 'reason', disable_webhook.reason)
    );
  end if;
end;
$$;
comment on function app.disable_webhook is 'Switches an endpoint off for a reason and emits webhook.disabled.';
