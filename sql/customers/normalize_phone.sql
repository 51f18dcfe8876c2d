-- A phone number in E.164. With + or 00 in front it is taken as international; ten digits, or eleven beginning with 1,
-- as a number of the North American plan (the platform's region). Null when it is neither. A (0) after the country code
-- is for callers at home and no part of the number.
create or replace function app.normalize_phone(value text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text constant text := regexp_replace(btrim(value, E' \t\r\n\u00a0'), '^((\+|00)[0-9 ]{1,6})\(0\)', '\1');
  v_digits constant text := regexp_replace(v_text, '\D', '', 'g');
begin
  if v_text !~ '^(\+|00)?[-0-9 ().\/\u00a0\u2010\u2011\u2013]+$' then
    return null;
  elsif v_text like '+%' and v_digits ~ '^[1-9]\d{6,14}$'
    and (v_digits !~ '^1' or v_digits ~ '^1[2-9]\d{2}[2-9]\d{6}$')
  then
    return '+' || v_digits;
  elsif v_text like '00%' and v_digits ~ '^00[1-9]\d{6,14}$' then
    return '+' || substr(v_digits, 3);
  elsif v_text !~ '^[+]' and v_digits ~ '^1?[2-9]\d{2}[2-9]\d{6}$' then
    return '+1' || right(v_digits, 10);
  end if;
  return null;
end;
$$;

comment on function app.normalize_phone is 'A phone number in E.164; null when it is none.';
