-- Reads a barcode: GTIN-8, 12, 13 or 14 with a right check digit, blanks and hyphens aside. Padding with zeros does not
-- change a check digit, so 7 or 11 digits whose check digit is right are a GTIN-8 or GTIN-12 that lost its leading
-- zero, and
-- 12 right digits are one article whether they are read as GTIN-12 or as a GTIN-13 without its zero: they stay GTIN-12.
-- Digits that a spreadsheet turned into 3.25E+12 are gone for good: barcode_damaged. Anything else is barcode_invalid.
create or replace function app.parse_gtin(raw text)
returns app.gtin
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  -- A float's .0 (a column of numbers with gaps, exported) loses nothing.
  v_digits constant text := case when raw ~ '^[0-9]+$' then raw
    else regexp_replace(translate(raw, E' \t\u00a0-', ''), '([0-9])\.0+$', '\1') end;
  v_length constant int := length(v_digits);
  v_bare text;
  v_number bigint;
  v_sum bigint;
begin
  if v_digits is null or v_digits = '' then
    return (null, null, null, null)::app.gtin;
  end if;
  if v_digits !~ '^[0-9]+$' or v_length not in (7, 8, 11, 12, 13, 14) then
    -- Spreadsheets keep digits as text by an apostrophe or a formula ('123, ="123"); some say what they are in front.
    v_bare := regexp_replace(
      translate(v_digits, E'\u2007\u2009\u202f\u200b\ufeff\u2010\u2011\u2013''"\u2018\u2019=', ''),
      '^(?:gtin|ean|upc)(?:8|12|13|14|a)?[:#]', '', 'i'
    );
    if v_bare <> v_digits and v_bare <> '' then
      return app.parse_gtin(v_bare);
    end if;
    return (
      null, null, null,
      case when v_digits ~ '^[+]?[0-9]+([.,][0-9]+)?[eE][+]?[0-9]+$' then 'barcode_damaged' else 'barcode_invalid' end
    )::app.gtin;
  end if;
  v_number := v_digits::bigint;
  -- From the right, digits weigh 1 and 3 in turn; the sum of a whole GTIN is a multiple of ten.
  v_sum := v_number % 10 + v_number / 100 % 10 + v_number / 10000 % 10 + v_number / 1000000 % 10
    + v_number / 100000000 % 10 + v_number / 10000000000 % 10 + v_number / 1000000000000 % 10
    + 3 * (v_number / 10 % 10 + v_number / 1000 % 10 + v_number / 100000 % 10 + v_number / 10000000 % 10
      + v_number / 1000000000 % 10 + v_number / 100000000000 % 10 + v_number / 10000000000000 % 10);
  if v_sum % 10 <> 0 or v_number = 0 then
    return (null, null, null, 'barcode_invalid')::app.gtin;
  end if;
  return (
    case when v_length in (7, 11) then '0' || v_digits else v_digits end,
    lpad(v_digits, 14, '0'),
    'GTIN-' || case when v_length in (7, 11) then v_length + 1 else v_length end,
    null
  )::app.gtin;
end;
$$;

comment on function app.parse_gtin is
  'Reads a GTIN: as stored, its 14-digit form and type, or the fault barcode_damaged or barcode_invalid. Null reads '
  'as nothing.';
grant execute on function app.parse_gtin to authenticated, service_role;
