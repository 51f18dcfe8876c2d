-- A connector as the API shows it, with where its syncs stand; never with its secret.
create or replace function app.connector_json(connector public.connectors)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(connector) - '{id, vendor_id, auth_type, secrets_ref}'::text[] || jsonb_build_object(
    'has_secret', (connector).secrets_ref is not null,
    'state', (
      select jsonb_build_object(
        'status', s.status, 'job_id', s.job_id, 'synced_at', s.synced_at, 'synced_until', s.synced_until
      )
      from public.connector_cursors as s
      where s.vendor_id = (connector).vendor_id and s.source = (connector).source
    )
  );
$$;
comment on function app.connector_json is 'A connector and the state of its syncs, without its secret.';
grant execute on function app.connector_json to authenticated, service_role;
