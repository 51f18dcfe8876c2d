-- Puts an endpoint's secret into Vault, the given one or a new one of 32 random bytes; problem 400 for a malformed one.
create or replace function app.store_webhook_secret(given text, out secret_ref uuid, out secret text)
returns record
language plpgsql
volatile
set search_path = ''
as $$
begin
  if given is not null and given !~ '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$' then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('/secret', 'invalid_format', 'must be whsec_ and 24 to 64 bytes in base64'))
    );
  end if;
  secret := coalesce(given, 'whsec_' || encode(extensions.gen_random_bytes(32), 'base64'));
  secret_ref := vault.create_secret(secret, null, 'Signs the requests to a webhook endpoint.');
end;
$$;
comment on function app.store_webhook_secret is 'Stores a webhook secret in Vault; its reference and text.';
