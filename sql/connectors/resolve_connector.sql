-- The configuration a caller means: the preset's, with what the caller gives in its place. Members of auth, paging and
-- mapping are replaced one by one, unless the caller chose another type; null takes a member away.
create or replace function app.resolve_connector(given jsonb)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  v_preset jsonb := '{}';
  v_config jsonb;
  v_part text;
begin
  if jsonb_typeof(given) is distinct from 'object' or not app.json_fits(given, 262144) then
    perform app.refuse_field_errors(
      jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object of at most 256 KiB'))
    );
  end if;
  if given ->> 'preset' is not null then
    select p.config into v_preset from app.connector_presets as p where p.name = given ->> 'preset';
    if v_preset is null then
      perform app.refuse_field_errors(jsonb_build_array(
        app.field_error('/preset', 'invalid_value', 'must be one of ' || (
          select string_agg(p.name, ', ' order by p.name) from app.connector_presets as p
        ))
      ));
    end if;
  end if;
  v_config := '{"auth": {"type": "none"}, "paging": {"type": "none"}}' || v_preset || given;
  foreach v_part in array array['auth', 'paging', 'mapping'] loop
    if jsonb_typeof(v_preset -> v_part) = 'object' and jsonb_typeof(given -> v_part) = 'object'
      and coalesce(given -> v_part ->> 'type', v_preset -> v_part ->> 'type', '')
        = coalesce(v_preset -> v_part ->> 'type', '') then
      v_config := jsonb_set(v_config, array[v_part], (v_preset -> v_part) || (given -> v_part));
    end if;
  end loop;
  return (
    select coalesce(jsonb_object_agg(c.key, c.value), '{}') from jsonb_each(v_config) as c where c.value <> 'null'
  );
end;
$$;
comment on function app.resolve_connector is 'A given configuration completed by its preset.';
