-- Makes a connector of the caller's vendor or replaces its configuration; a secret that is not given stays. Definer,
-- because Vault and the table are closed to writers.
create or replace function app.put_connector(source text, config jsonb)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
  most_connectors constant int := 100;
  v_vendor_id constant uuid := app.require_vendor('vendor_admin');
  v_config jsonb;
  v_auth jsonb;
  v_old public.connectors;
  v_new public.connectors;
begin
  if coalesce(put_connector.source, '') !~ '^[a-z0-9][a-z0-9_-]{0,63}$' then
    perform app.refuse_field_errors(jsonb_build_array(
      app.field_error('/source', 'invalid_format', 'must be 1 to 64 of a-z, 0-9, - and _')
    ));
  end if;
  v_config := app.resolve_connector(put_connector.config);
  perform app.check_connector(v_config);
  perform pg_advisory_xact_lock(hashtextextended(format('connectors of %s', v_vendor_id), 0));
  select c.* into v_old from public.connectors as c
  where c.vendor_id = v_vendor_id and c.source = put_connector.source
  for no key update;
  if v_old.id is null
    and (select count(*) from public.connectors as c where c.vendor_id = v_vendor_id) >= most_connectors then
    perform app.raise_problem(
      status => 409, type => 'conflict', detail => format('A vendor has at most %s connectors.', most_connectors),
      hint => 'Delete one that is not used any more.'
    );
  end if;
  v_auth := (v_config -> 'auth') - array(
    select m.name from app.connector_members() as m where m.part = 'auth' and m.kind = 'secret'
  );
  v_new := jsonb_populate_record(
    v_old,
    jsonb_build_object(
      'id', coalesce(v_old.id, gen_random_uuid()), 'vendor_id', v_vendor_id, 'source', put_connector.source,
      'created_at', coalesce(v_old.created_at, now()), 'updated_at', now(),
      'preset', null, 'rate_limit_rpm', 60, 'record_path', '', 'explode', null, 'unwrap', '[]'::jsonb,
      'mapping', '{}'::jsonb, 'increments', null, 'max_pages', 10000, 'enabled', true
    ) || v_config || jsonb_build_object('auth', v_auth, 'auth_type', v_auth -> 'type')
  );
  v_new.explode := nullif(v_new.explode, '');
  v_new.secrets_ref := app.store_connector_secret(v_old, v_config);
  if v_old.id is null then
    insert into public.connectors select v_new.*;
    insert into public.connector_cursors (vendor_id, source) values (v_vendor_id, put_connector.source);
  else
    update public.connectors as c
    set preset = v_new.preset, base_url = v_new.base_url, auth_type = v_new.auth_type, auth = v_new.auth,
        secrets_ref = v_new.secrets_ref, rate_limit_rpm = v_new.rate_limit_rpm, paging = v_new.paging,
        record_path = v_new.record_path, explode = v_new.explode, unwrap = v_new.unwrap, mapping = v_new.mapping,
        increments = v_new.increments, max_pages = v_new.max_pages, enabled = v_new.enabled
    where c.id = v_old.id
    returning c.* into v_new;
    -- Another list has other increments.
    if v_new.base_url <> v_old.base_url then
      update public.connector_cursors as s set synced_until = null, fields = null
      where s.vendor_id = v_vendor_id and s.source = v_new.source;
    end if;
  end if;
  return app.connector_json(v_new);
end;
$$;
comment on function app.put_connector is 'Makes or replaces a connector; problems 400, 403, 409.';
grant execute on function app.put_connector to authenticated;
