-- How many grams or millilitres a serving is: a text that says so ("1 cup (240 ml)"), or a bare number with its unit
-- apart.
-- Null when nothing says; a bare number alone could be anything.
create or replace function app.serving_amount(serving text, unit text default null)
returns numeric
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_plain constant numeric := substring(serving from '^([0-9]{1,5}(?:\.[0-9]{1,3})?) ?(?:g|ml)$')::numeric;
  v_text constant text := case
    when serving ~ '^\s*[0-9]+([.,][0-9]+)?\s*$' then serving || ' ' || unit
    else serving
  end;
  v_quantity record;
begin
  if v_plain > 0 then
    return trim_scale(v_plain);
  end if;
  if v_text is null then
    return null;
  end if;
  v_quantity := app.parse_quantity(v_text);
  return case when v_quantity.base_amount > 0 and v_quantity.base_amount <= 100000 then v_quantity.base_amount end;
end;
$$;
comment on function app.serving_amount is 'Grams or millilitres of a serving as written; null when unknown.';
