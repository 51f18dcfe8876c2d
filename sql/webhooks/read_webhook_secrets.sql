-- The secrets of endpoints, for a worker that meets them for the first time: opening Vault costs more than a claim.
create or replace function app.read_webhook_secrets(endpoint_ids uuid[])
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select coalesce(jsonb_object_agg(e.id, app.webhook_secrets(e)), '{}')
    from public.webhook_endpoints as e
    where e.id = any (read_webhook_secrets.endpoint_ids)
  );
end;
$$;
comment on function app.read_webhook_secrets is 'Texts of the secrets that sign, by endpoint id, the newest first.';
