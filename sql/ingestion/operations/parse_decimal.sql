-- A number as people write it: 1.234,56 and 1,234.56, blanks and apostrophes between thousands, "< 0.5", "~12",
-- "5.3e-05", "12 %", "3,4 g", "traces" (0). Null when it is no single number. The unit, if any, is left to the caller.
-- With decimal_mark ',' a lone comma is always the decimal mark; otherwise "1,234" is a thousand and "0,125" is not.
create or replace function app.parse_decimal(
  value text, decimal_mark text default null, out number numeric, out rest text
)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
  v_digits text;
  v_comma int;
  v_dot int;
begin
  if value ~ '^-?[0-9]{1,15}(\.[0-9]{1,15})?$' and (decimal_mark is null or value !~ '^[1-9][0-9]{0,2}\.[0-9]{3}$') then
    number := value::numeric;
    rest := '';
    return;
  end if;
  if value !~ '[0-9]' then
    if app.fold_token(value) in ('trace', 'traces', 'tr', 'spuren', 'trazas', 'traza', 'tracce', 'sporen') then
      number := 0;
      rest := '';
    end if;
    return;
  end if;
  v_parts := regexp_match(
    translate(value, U&'\00A0\2007\2009\202F\2212\2019', '    -'''),
    '^\s*(?:(?:[<>≤≥~≈±]=?|about|approx\.?|ca\.?|circa|environ|env\.?|etwa|max\.?|min\.?|less than|more than)\s*)*'
    '([-+]?)((?:\d[\d.,'' ]*)?\d|[.,]\d+)(?:[eE]([-+]?\d{1,2})(?!\d))?\s*([^\d]*)$',
    'i'
  );
  -- Blanks and apostrophes part thousands, nothing else: 5'13 is no number.
  if v_parts is null or (v_parts[2] ~ '[ '']' and v_parts[2] !~ '^\d{1,3}([ '']\d{3})+([.,]\d+)?$') then
    return;
  end if;
  v_digits := translate(v_parts[2], ' ''', '');
  v_comma := length(v_digits) - length(translate(v_digits, ',', ''));
  v_dot := length(v_digits) - length(translate(v_digits, '.', ''));
  v_digits := case
    when v_comma > 0 and v_dot > 0 and strpos(reverse(v_digits), ',') < strpos(reverse(v_digits), '.')
      then replace(replace(v_digits, '.', ''), ',', '.')
    when v_comma > 0 and v_dot > 0 then replace(v_digits, ',', '')
    when v_comma > 1 then replace(v_digits, ',', '')
    when v_dot > 1 then replace(v_digits, '.', '')
    when v_dot = 1 and decimal_mark = ',' and v_digits ~ '^[1-9]\d{0,2}\.\d{3}$' then replace(v_digits, '.', '')
    when v_comma = 1 and decimal_mark is null and v_digits ~ '^[1-9]\d{0,2},\d{3}$' then replace(v_digits, ',', '')
    else replace(v_digits, ',', '.')
  end;
  if v_digits !~ '^\d{0,30}(\.\d{1,30})?$' then
    return;
  end if;
  number := (v_parts[1] || v_digits)::numeric;
  if v_parts[3] is not null then
    number := number * 10::numeric ^ v_parts[3]::int;
  end if;
  rest := btrim(v_parts[4]);
end;
$$;

comment on function app.parse_decimal(text, text) is
'A number as people write it, and what follows it; null when the text is no single number.';

grant execute on function app.parse_decimal(text, text) to authenticated, service_role;
