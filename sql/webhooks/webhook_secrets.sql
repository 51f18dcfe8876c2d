-- The secrets that sign an endpoint's requests: the present one first, then the one before while their overlap lasts.
create or replace function app.webhook_secrets(endpoint public.webhook_endpoints)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
begin
  return (
    select jsonb_agg(s.decrypted_secret order by (s.id = endpoint.secret_ref) desc)
    from vault.decrypted_secrets as s
    where s.id = endpoint.secret_ref
      or (s.id = endpoint.previous_secret_ref and endpoint.previous_secret_expires_at > clock_timestamp())
  );
end;
$$;
comment on function app.webhook_secrets is 'Texts of the secrets that sign for an endpoint, the newest first.';
