-- A body measure as a caller gives it, in cm or kg, exact: a number is in that unit already; a text says its own
-- ("5'11\"", "71 in", "11 st 4 lb"), and so does {"value": 71, "unit": "in"}. Null when it is no such measure.
create or replace function app.read_measure(given jsonb, unit text)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text text;
begin
  case jsonb_typeof(given)
    when 'number' then
      return (given #>> '{}')::numeric;
    when 'string' then
      v_text := given #>> '{}';
    when 'object' then
      if given - array['value', 'unit'] <> '{}'
        or jsonb_typeof(given -> 'value') is distinct from 'number'
        or jsonb_typeof(given -> 'unit') is distinct from 'string'
      then
        return null;
      end if;
      v_text := (given ->> 'value') || ' ' || (given ->> 'unit');
    else
      return null;
  end case;
  v_text := case
    when length(v_text) > 40 then null
    when read_measure.unit = 'kg' then app.op_to_kg(v_text)
    when v_text ~ '^\s*\d+([.,]\d+)?\s*$' then app.op_to_cm(v_text)
    when v_text ~* '^\s*\d+([.,]\d+)?\s*(in|ins|inch|inches)\.?\s*$' then app.convert_amount(v_text, 'in', 'cm')
    else app.op_ftin_to_cm(v_text)
  end;
  return case when v_text ~ '^\d{1,9}(\.\d{1,20})?$' then v_text::numeric end;
end;
$$;

comment on function app.read_measure is
  'A height in cm or a weight in kg from a number, a text or {"value", "unit"}; null for anything else.';
