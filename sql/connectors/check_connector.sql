-- Refuses a configuration that could not work, naming each place. Where host names lead is checked with each request,
-- since they can point elsewhere tomorrow.
create or replace function app.check_connector(config jsonb)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb;
begin
  select jsonb_agg(app.field_error(f.pointer, f.code, f.detail) order by f.pointer) into v_errors
  from (
    select '/' || c.key as pointer, 'unrecognized_keys' as code, 'is not a field of a connector' as detail
    from jsonb_object_keys(config) as c (key)
    where c.key not in (
      'preset', 'base_url', 'enabled', 'auth', 'rate_limit_rpm', 'paging', 'record_path', 'explode', 'unwrap',
      'mapping', 'increments', 'max_pages'
    )
    union all
    select '/base_url', 'invalid_format', app.connector_member_fault('url', coalesce(config -> 'base_url', 'null'))
    where app.connector_member_fault('url', coalesce(config -> 'base_url', 'null')) is not null
    union all
    select format('/%s/type', p.part), 'invalid_value', 'must be one of ' || (
      select string_agg(distinct m.type, ', ') from app.connector_members() as m where m.part = p.part
    )
    from unnest(array['auth', 'paging']) as p (part)
    where not exists (
      select from app.connector_members() as m where m.part = p.part and m.type = config -> p.part ->> 'type'
    )
    union all
    select format('/%s/%s', p.part, c.key), 'unrecognized_keys', 'does not belong to this type'
    from unnest(array['auth', 'paging']) as p (part)
    cross join lateral jsonb_object_keys(
      case jsonb_typeof(config -> p.part) when 'object' then config -> p.part else '{}' end
    ) as c (key)
    where c.key <> 'type' and not exists (
      select from app.connector_members() as m
      where m.part = p.part and m.type = config -> p.part ->> 'type' and m.name = c.key
    )
    union all
    select format('/%s/%s', m.part, m.name),
      case when config -> m.part ? m.name then 'invalid_value' else 'required' end,
      case when config -> m.part ? m.name then app.connector_member_fault(m.kind, config -> m.part -> m.name)
        else 'is required' end
    from app.connector_members() as m
    where m.type = config -> m.part ->> 'type'
      and case when config -> m.part ? m.name
        then app.connector_member_fault(m.kind, config -> m.part -> m.name) is not null
        else m.is_required and m.kind <> 'secret' end
    union all
    select '/auth/name', 'invalid_value', 'is a header that requests set themselves'
    where config -> 'auth' ->> 'place' = 'header'
      and lower(config -> 'auth' ->> 'name')
        ~ '^(host|connection|content-.*|transfer-encoding|accept-encoding|te|upgrade)$'
    union all
    select '/auth/name', 'invalid_value', 'must be a name that a header can have'
    where config -> 'auth' ->> 'place' = 'header' and config -> 'auth' ->> 'name' ~ '[][]'
    union all
    select '/auth/' || s.name, 'invalid_value', 'must have only characters that a header can hold'
    from (values ('bearer', 'token'), ('api_key', 'key')) as s (type, name)
    where s.type = config -> 'auth' ->> 'type'
      and coalesce(config -> 'auth' ->> 'place', 'header') = 'header'
      and config -> 'auth' ->> s.name ~ '[^\u0001-\u00ff]'
    union all
    select '/auth/username', 'invalid_value', 'must have no colon'
    where config -> 'auth' ->> 'type' = 'basic' and config -> 'auth' ->> 'username' like '%:%'
    union all
    select '/' || n.name, 'invalid_value', format('must be from 1 to %s', n.most)
    from (values ('rate_limit_rpm', 6000), ('max_pages', 100000)) as n (name, most)
    where config ? n.name and (
      jsonb_typeof(config -> n.name) <> 'number' or config ->> n.name !~ '^[0-9]{1,6}$'
      or (config ->> n.name)::int not between 1 and n.most
    )
    union all
    select '/' || n.name, 'invalid_value', app.connector_member_fault('path', config -> n.name)
    from unnest(array['record_path', 'explode']) as n (name)
    where config -> n.name <> '""' and app.connector_member_fault('path', config -> n.name) is not null
    union all
    select '/unwrap', 'invalid_value', 'must be a list of at most 20 members'
    where config ? 'unwrap' and (
      jsonb_typeof(config -> 'unwrap') <> 'array' or jsonb_array_length(config -> 'unwrap') > 20
      or config -> 'unwrap' @? '$[*] ? (@.type() != "string")'
    )
    union all
    select '/enabled', 'invalid_type', 'must be true or false'
    where config ? 'enabled' and jsonb_typeof(config -> 'enabled') <> 'boolean'
    union all
    select '/increments', 'invalid_value',
      'must be {"param", "format": "rfc3339", "unix" or "date", "overlap_seconds": 0 to 604800}'
    where config ? 'increments' and not coalesce(
      jsonb_typeof(config -> 'increments') = 'object'
      and (config -> 'increments') - '{param, format, overlap_seconds}'::text[] = '{}'
      and app.connector_member_fault('word', config -> 'increments' -> 'param') is null
      and config -> 'increments' ? 'param'
      and coalesce(config -> 'increments' ->> 'format', 'rfc3339') in ('rfc3339', 'unix', 'date')
      and coalesce(config -> 'increments' ->> 'overlap_seconds', '0') ~ '^[0-9]{1,6}$'
      and coalesce(config -> 'increments' ->> 'overlap_seconds', '0')::int <= 604800, false
    )
  ) as f;
  perform app.refuse_field_errors(coalesce(v_errors, '[]'));
  if config ? 'mapping' then
    perform app.validate_ingest_mapping('products', config -> 'mapping', '/mapping');
  end if;
end;
$$;
comment on function app.check_connector is 'Problem 400 naming the members of a configuration that are not valid.';
