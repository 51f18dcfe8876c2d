-- The fault of an answer that must be a list of references to photos: https addresses, or paths of objects in Storage.
create or replace function app.photos_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_at bigint;
begin
  if jsonb_typeof(answer) <> 'array' then
    return jsonb '{"code": "invalid_type", "detail": "must be a list of references to photos"}';
  end if;
  if jsonb_array_length(answer) > (question ->> 'max_items')::int then
    return jsonb_build_object('code', 'too_big', 'detail', format('must name at most %s', question ->> 'max_items'));
  end if;
  select a.number - 1 into v_at
  from jsonb_array_elements(answer) with ordinality as a (value, number)
  where not (
    jsonb_typeof(a.value) = 'string'
    and length(a.value #>> '{}') <= 500
    and a.value #>> '{}' ~ '^(https://[^\s]+|[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*)$'
  )
  order by a.number
  limit 1;
  if v_at is null then
    return null;
  end if;
  return jsonb_build_object(
    'pointer', '/' || v_at, 'code', 'invalid_format',
    'detail', 'must be an https address or the path of an object in Storage'
  );
end;
$$;
comment on function app.photos_fault is 'Fault of an answer to a photos question; null for none.';
