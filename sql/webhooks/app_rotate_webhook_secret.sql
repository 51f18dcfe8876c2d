-- Gives an endpoint a new secret; the old one signs as well for some hours, so that the receiver can change over. A
-- rotation inside an overlap drops the oldest at once. Definer, because Vault is closed to clients.
create or replace function app.rotate_webhook_secret(id uuid, overlap_hours int, secret text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_endpoint public.webhook_endpoints := app.find_webhook(app.require_vendor('vendor_admin'), rotate_webhook_secret.id);
  v_hours constant int := coalesce(rotate_webhook_secret.overlap_hours, 24);
  v_secret record;
begin
  if v_hours not between 0 and 168 then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/overlap_hours', 'invalid_value', 'must be from 0 to 168'))
    );
  end if;
  v_secret := app.store_webhook_secret(rotate_webhook_secret.secret);
  delete from vault.secrets as s
  where s.id = v_endpoint.previous_secret_ref or (v_hours = 0 and s.id = v_endpoint.secret_ref);
  update public.webhook_endpoints as e
  set secret_ref = v_secret.secret_ref,
      previous_secret_ref = case when v_hours > 0 then v_endpoint.secret_ref end,
      previous_secret_expires_at = case when v_hours > 0 then now() + make_interval(hours => v_hours) end
  where e.id = v_endpoint.id
  returning e.* into v_endpoint;
  return app.webhook_json(v_endpoint) || jsonb_build_object(
    'secret', case when rotate_webhook_secret.secret is null then v_secret.secret end
  );
end;
$$;
comment on function app.rotate_webhook_secret is 'Replaces the secret of an endpoint; problems 400, 403, 404.';
grant execute on function app.rotate_webhook_secret to authenticated;
