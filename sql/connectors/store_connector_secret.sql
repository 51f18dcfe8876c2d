-- The Vault reference that a new configuration goes with: of a new secret where one is given, of the present one where
-- none is given and it would be told to the same server as before, null where none is needed. Problem 400 where a
-- secret is missing: a stored one is never sent to an address that its giver has not seen it go to.
create or replace function app.store_connector_secret(old public.connectors, config jsonb)
returns uuid
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_name text;
  v_given text;
  v_is_kept boolean;
begin
  select m.name into v_name from app.connector_members() as m
  where m.part = 'auth' and m.kind = 'secret' and m.type = config -> 'auth' ->> 'type';
  v_given := config -> 'auth' ->> v_name;
  v_is_kept := v_name is not null and v_given is null and (old).secrets_ref is not null
    and (old).auth_type = config -> 'auth' ->> 'type'
    and app.url_origin((old).base_url) = app.url_origin(config ->> 'base_url')
    and app.url_origin((old).auth ->> 'token_url')
      is not distinct from app.url_origin(config -> 'auth' ->> 'token_url');
  if v_is_kept then
    return (old).secrets_ref;
  end if;
  if v_name is not null and v_given is null then
    perform app.refuse_field_errors(jsonb_build_array(app.field_error('/auth/' || v_name, 'required',
      case when (old).secrets_ref is null then 'is required'
        else 'must be given again, because it would be sent elsewhere than before' end)));
  end if;
  delete from vault.secrets as s where s.id = (old).secrets_ref;
  return case when v_name is not null then
    vault.create_secret(v_given, null, 'Identifies a connector to its source.')
  end;
end;
$$;
comment on function app.store_connector_secret is 'Stores, keeps or drops the secret of a connector; its reference.';
