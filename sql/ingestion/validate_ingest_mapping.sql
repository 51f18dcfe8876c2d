-- Checks a mapping a person wrote, {"header": {"field", "ops"} | [...] | null}, before it is kept: unknown fields and
-- operations are named, each with its place.
create or replace function app.validate_ingest_mapping(mode text, map jsonb, pointer text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  v_errors jsonb := '[]';
  v_entry record;
begin
  if jsonb_typeof(validate_ingest_mapping.map) is distinct from 'object'
    or not app.json_fits(validate_ingest_mapping.map, 131072) then
    perform app.raise_problem(400, 'invalid-input', 'A mapping is an object of headers, at most 128 KiB.',
      jsonb_build_array(jsonb_build_object(
        'pointer', validate_ingest_mapping.pointer, 'code', 'invalid', 'detail',
        'must be an object: header to {"field", "ops"}'
      )));
  end if;
  for v_entry in
    select t.header, t.target, t.pointer
    from app.mapping_targets(validate_ingest_mapping.map, validate_ingest_mapping.pointer) as t
    where t.target <> 'null'
  loop
    if jsonb_typeof(v_entry.target) <> 'object'
      or jsonb_typeof(v_entry.target -> 'field') is distinct from 'string' then
      v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer, 'code', 'invalid',
        'detail', 'must be {"field": "<field>", "ops": [...]}, a list of those, or null');
    elsif not app.is_mapping_field(validate_ingest_mapping.mode, v_entry.target ->> 'field') then
      v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer || '/field', 'code', 'unknown_field',
        'detail', 'is not a field of ' || validate_ingest_mapping.mode || '; docs/transform_operations.md lists them');
    elsif v_entry.target ? 'ops' then
      begin
        perform app.validate_operations(v_entry.target -> 'ops');
      exception when sqlstate 'PT400' then
        v_errors := v_errors || jsonb_build_object('pointer', v_entry.pointer || '/ops', 'code', 'unknown_operation',
          'detail', sqlerrm);
      end;
    end if;
  end loop;
  if v_errors <> '[]' then
    perform app.raise_problem(400, 'invalid-input',
      format('The mapping has %s places that cannot be used; the first: %s %s.',
        jsonb_array_length(v_errors), v_errors -> 0 ->> 'pointer', v_errors -> 0 ->> 'detail'),
      v_errors);
  end if;
end;
$$;
comment on function app.validate_ingest_mapping is
  'Problem 400 naming every place of a mapping that is not a known field or operation.';
grant execute on function app.validate_ingest_mapping to authenticated;
