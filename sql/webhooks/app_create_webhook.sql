-- Makes an endpoint of the caller's vendor. Definer, because Vault and the table are closed to writers. A secret that
-- the caller brings is not told back; else a new one is, this once.
create or replace function app.create_webhook(
  url text,
  events text[],
  description text,
  retries_max int,
  tolerance_sec int,
  ordered boolean,
  enabled boolean,
  secret text
)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_endpoints constant int := 100;
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_secret record;
  v_endpoint public.webhook_endpoints;
begin
  perform app.check_webhook(
    coalesce(create_webhook.url, ''), coalesce(create_webhook.events, '{}'), create_webhook.description,
    create_webhook.retries_max, create_webhook.tolerance_sec
  );
  perform pg_advisory_xact_lock(hashtextextended(format('webhooks of %s', v_vendor_id), 0));
  if (select count(*) from public.webhook_endpoints as e where e.vendor_id = v_vendor_id) >= most_endpoints then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => format('A vendor has at most %s webhooks.', most_endpoints),
      hint => 'Delete one that is not used any more.'
    );
  end if;
  v_secret := app.store_webhook_secret(create_webhook.secret);
  insert into public.webhook_endpoints (
    vendor_id, url, events, description, retries_max, tolerance_sec, ordered, enabled, disabled_reason, disabled_at,
    secret_ref
  )
  values (
    v_vendor_id,
    create_webhook.url,
    array(select distinct e from unnest(create_webhook.events) as e order by e),
    create_webhook.description,
    coalesce(create_webhook.retries_max, 9),
    coalesce(create_webhook.tolerance_sec, 300),
    coalesce(create_webhook.ordered, false),
    coalesce(create_webhook.enabled, true),
    case when not create_webhook.enabled then 'asked' end,
    case when not create_webhook.enabled then now() end,
    v_secret.secret_ref
  )
  returning * into v_endpoint;
  return app.webhook_json(v_endpoint) || jsonb_build_object(
    'secret', case when create_webhook.secret is null then v_secret.secret end
  );
end;
$$;
comment on function app.create_webhook is 'Makes a webhook endpoint; problems 400, 403, 409.';
grant execute on function app.create_webhook to authenticated;
