-- A date written with the parts in a given order (ymd, mdy or dmy), in ISO form; what is no such date comes back
-- unchanged. A date already in ISO form passes in every order. A time of day behind it is dropped.
create or replace function app.parse_date(value text, part_order text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
  v_date text;
begin
  v_parts := regexp_match(value, '^\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?:[T ]\d{1,2}:\d{2}.*)?\s*$');
  v_parts := coalesce(
    v_parts, regexp_match(value, '^\s*(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?\s*$')
  );
  if v_parts is not null then
    v_date := app.build_date(v_parts[1], v_parts[2], v_parts[3]);
  elsif part_order in ('mdy', 'dmy') then
    v_parts := regexp_match(
      value,
      '^\s*([[:alpha:]]{3,}|\d{1,2})(?:\.|st|nd|rd|th)?[-/., ]\s*'
      '([[:alpha:]]{3,}|\d{1,2})(?:\.|st|nd|rd|th)?[-/., ]\s*(\d{4}|\d{2})'
      '(?:,?[T ]+\d{1,2}:\d{2}.*)?\s*$'
    );
    -- A month by name says itself where it stands; dots are written where the day comes first.
    if v_parts[1] ~ '^\d+$' and (
      v_parts[2] ~ '^[[:alpha:]]' or part_order = 'dmy' or value ~ '^\s*\d{1,2}\.\s?\d{1,2}\.'
    ) then
      v_date := app.build_date(v_parts[3], v_parts[2], v_parts[1]);
    elsif v_parts[2] ~ '^\d+$' then
      v_date := app.build_date(v_parts[3], v_parts[1], v_parts[2]);
    end if;
  end if;
  return coalesce(v_date, value);
end;
$$;

comment on function app.parse_date(text, text) is
  'A date with its parts in the given order, in ISO form; unchanged when it is none.';

grant execute on function app.parse_date(text, text) to authenticated, service_role;
