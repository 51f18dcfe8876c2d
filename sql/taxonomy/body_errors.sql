-- What is wrong with a JSON body, as field errors: unknown fields, wrong types, missing fields. Fields maps a name to
-- its type: string, number, boolean, uuid, strings or array, with "!" when it is required and "?" when it may be null.
create or replace function app.body_errors(body jsonb, fields jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(body) is distinct from 'object' then
    return jsonb_build_array(app.field_error('', 'invalid_type', 'must be an object'));
  end if;
  return (
    select coalesce(jsonb_agg(app.field_error('/' || e.name, e.code, e.detail) order by e.name), '[]')
    from (
      select b.key as name, 'unknown_field' as code, 'is not known here; remove it or correct its name' as detail
      from jsonb_object_keys(body) as b (key)
      where not fields ? b.key
      union all
      select f.key, 'required', 'is required'
      from jsonb_each_text(fields) as f
      where f.value like '%!' and not body ? f.key
      union all
      select f.key, 'invalid_type', format('must be %s', t.words)
      from jsonb_each_text(fields) as f
      cross join lateral (select body -> f.key as value, btrim(f.value, '!?') as type) as v
      cross join lateral (
        select
          case v.type
            when 'uuid' then 'a UUID'
            when 'strings' then 'a list of 1 to 500 texts'
            when 'string' then 'a text of 1 to 200 characters'
            else 'a value of type ' || v.type
          end as words,
          case v.type
            when 'string' then
              jsonb_typeof(v.value) = 'string' and length(v.value #>> '{}') <= 200 and v.value #>> '{}' ~ '\S'
            when 'uuid' then jsonb_typeof(v.value) = 'string' and pg_input_is_valid(v.value #>> '{}', 'uuid')
            when 'strings' then
              jsonb_typeof(v.value) = 'array' and jsonb_array_length(v.value) between 1 and 500
              and not v.value @? '$[*] ? (@.type() != "string")'
            else jsonb_typeof(v.value) = v.type
          end as fits
      ) as t
      where body ? f.key
        and not t.fits
        and not (f.value like '%?%' and v.value = 'null')
    ) as e
  );
end;
$$;

comment on function app.body_errors(jsonb, jsonb) is 'Field errors of a JSON body against names and types of fields.';

grant execute on function app.body_errors(jsonb, jsonb) to authenticated, service_role;
