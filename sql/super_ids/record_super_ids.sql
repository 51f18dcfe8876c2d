-- Makes and records super ids in one statement: no id exists that is not recorded. Checks the input, not the caller.
create or replace function app.record_super_ids(requested_by text, count int, metadata jsonb)
returns setof uuid
language plpgsql
volatile
set search_path = ''
as $$
#variable_conflict use_column
declare
  v_errors jsonb := '[]';
begin
  if record_super_ids.count between 1 and 1000 is not true then
    v_errors := v_errors ||
      jsonb '{"pointer": "/count", "code": "out_of_range", "detail": "A whole number from 1 to 1000."}';
  end if;
  if jsonb_typeof(record_super_ids.metadata) <> 'object' then
    v_errors := v_errors || jsonb '{"pointer": "/metadata", "code": "invalid", "detail": "A JSON object."}';
  elsif not app.json_fits(record_super_ids.metadata, 4096) then
    v_errors := v_errors || jsonb '{"pointer": "/metadata", "code": "too_large", "detail": "At most 4096 bytes."}';
  end if;
  if v_errors <> '[]' then
    perform app.raise_problem(400, 'invalid-input', 'No super ids can be made from this.', v_errors);
  end if;

  return query
  insert into public.generated_super_ids (super_id, requested_by_client_id, metadata)
  select gen_random_uuid(), record_super_ids.requested_by, record_super_ids.metadata
  from generate_series(1, record_super_ids.count)
  returning super_id;
end;
$$;
comment on function app.record_super_ids is
  'Makes and records 1 to 1000 super ids; problem 400 names /count or /metadata.';
