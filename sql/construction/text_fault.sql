-- The fault of an answer that must be a text.
create or replace function app.text_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if jsonb_typeof(answer) <> 'string' then
    return jsonb '{"code": "invalid_type", "detail": "must be a text"}';
  end if;
  if btrim(answer #>> '{}') = '' then
    return jsonb '{"code": "too_small", "detail": "must not be blank; leave it out instead"}';
  end if;
  if length(answer #>> '{}') > (question ->> 'max_length')::int then
    return jsonb_build_object(
      'code', 'too_big', 'detail', format('must be at most %s characters long', question ->> 'max_length')
    );
  end if;
  return null;
end;
$$;
comment on function app.text_fault is 'Fault of an answer to a text question; null for none.';
