-- The fault of an answer that must be a list of different options.
create or replace function app.choices_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_most int := coalesce((question ->> 'max_items')::int, jsonb_array_length(question -> 'options'));
  v_fault jsonb;
begin
  if jsonb_typeof(answer) <> 'array' then
    return jsonb '{"code": "invalid_type", "detail": "must be a list of options"}';
  end if;
  if jsonb_array_length(answer) = 0 then
    return jsonb '{"code": "too_small", "detail": "must name at least one option, or be left out"}';
  end if;
  if jsonb_array_length(answer) > v_most then
    return jsonb_build_object('code', 'too_big', 'detail', format('must name at most %s', v_most));
  end if;
  select app.choice_fault(question, a.value) || jsonb_build_object('pointer', '/' || (a.number - 1)) into v_fault
  from jsonb_array_elements(answer) with ordinality as a (value, number)
  where app.choice_fault(question, a.value) is not null
  order by a.number
  limit 1;
  if v_fault is null and (select count(distinct a.value) from jsonb_array_elements(answer) as a (value))
    < jsonb_array_length(answer)
  then
    return jsonb '{"code": "invalid_value", "detail": "names an option twice"}';
  end if;
  return v_fault;
end;
$$;
comment on function app.choices_fault is 'Fault of an answer to a multi question; null for none.';
