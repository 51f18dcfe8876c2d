-- Names the set of secrets that sign for an endpoint right now, without reading them: another name, other secrets.
create or replace function app.webhook_secrets_key(endpoint public.webhook_endpoints)
returns text
language plpgsql
stable
set search_path = ''
as $$
begin
  return concat_ws(
    ' ', endpoint.secret_ref,
    case when endpoint.previous_secret_expires_at > clock_timestamp() then endpoint.previous_secret_ref end
  );
end;
$$;
comment on function app.webhook_secrets_key is 'Changes whenever the secrets that sign for an endpoint do.';
