-- An endpoint as the API shows it; never with a secret.
create or replace function app.webhook_json(endpoint public.webhook_endpoints)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return to_jsonb(endpoint) - '{vendor_id, secret_ref, previous_secret_ref}'::text[];
end;
$$;
comment on function app.webhook_json is 'An endpoint without its secrets.';
grant execute on function app.webhook_json to authenticated, service_role;
