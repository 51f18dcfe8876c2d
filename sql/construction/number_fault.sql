-- The fault of an answer that must be a number, bare or as {"value", "unit"}. The limits are those of the first unit;
-- an answer in another unit only has to be finite and not below zero where they say so.
create or replace function app.number_fault(question jsonb, answer jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_units jsonb := question -> 'units';
  v_value jsonb := answer;
  v_number numeric;
begin
  if v_units is not null and jsonb_typeof(answer) = 'object' then
    if answer - array['value', 'unit'] <> '{}' then
      return jsonb '{"code": "unknown_field", "detail": "may hold value and unit only"}';
    end if;
    if not coalesce(v_units @> (answer -> 'unit') and jsonb_typeof(answer -> 'unit') = 'string', false) then
      return jsonb_build_object(
        'pointer', '/unit', 'code', 'invalid_value',
        'detail', 'must be one of '
        || (select string_agg(u.unit, ', ') from jsonb_array_elements_text(v_units) as u (unit))
      );
    end if;
    v_value := answer -> 'value';
  end if;
  if jsonb_typeof(v_value) is distinct from 'number' then
    return jsonb_build_object(
      'code', 'invalid_type',
      'detail', case when v_units is null then 'must be a number' else 'must be a number, or {"value", "unit"}' end
    );
  end if;
  v_number := v_value::text::numeric;
  if (question ->> 'whole')::boolean and v_number <> trunc(v_number) then
    return jsonb '{"code": "invalid_value", "detail": "must be a whole number"}';
  end if;
  if v_number < (question ->> 'min')::numeric then
    return jsonb_build_object('code', 'too_small', 'detail', format('must be at least %s', question ->> 'min'));
  end if;
  if v_number > (question ->> 'max')::numeric * app.unit_allowance(answer ->> 'unit') then
    return jsonb_build_object('code', 'too_big', 'detail', format('must be at most %s', question ->> 'max'));
  end if;
  return null;
exception when others then
  return jsonb '{"code": "invalid_type", "detail": "must be a number"}';
end;
$$;
comment on function app.number_fault is 'Fault of an answer to a number question; null for none.';
