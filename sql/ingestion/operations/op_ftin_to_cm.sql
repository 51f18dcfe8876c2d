-- Feet and inches to centimetres: 5'11", 5 ft 11 in, 5-11, 5′11″, 71" and 180 cm. A bare number up to 8 is feet,
-- up to 96 inches; above that it is centimetres already.
create or replace function app.op_ftin_to_cm(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_text text;
  v_parts text[];
  v_bare numeric;
begin
  v_text := translate(lower(btrim(value)), '’′‘´`”″“', '''''''''''"""');
  v_parts := regexp_match(
    v_text,
    '^(\d(?:\.\d+)?)\s*(?:''|ft\.?|feet|foot|-)\s*'
    '(?:(\d{1,2}(?:\.\d+)?)\s*(?:"|''''|in\.?|inch|inches)?)?$'
  );
  if v_parts is not null and coalesce(v_parts[2], '0')::numeric < 12 then
    return trim_scale(round(v_parts[1]::numeric * 30.48 + coalesce(v_parts[2], '0')::numeric * 2.54, 2))::text;
  end if;
  v_text := replace(replace(v_text, '''''', ' in'), '"', ' in');
  v_bare := case when v_text ~ '^\d{1,3}(\.\d+)?$' then v_text::numeric end;
  return app.convert_amount(v_text, case when v_bare <= 8 then 'ft' when v_bare <= 96 then 'in' else 'cm' end, 'cm');
end;
$$;

comment on function app.op_ftin_to_cm(text) is 'Feet and inches to centimetres.';

grant execute on function app.op_ftin_to_cm(text) to authenticated, service_role;
