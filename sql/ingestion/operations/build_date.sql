-- A date in ISO form from the texts of its parts; null when there is no such day. Years of two digits are 2000 to 2029
-- or 1930 to 1999; months may be English, French, Spanish or German names.
create or replace function app.build_date(year text, month text, day text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_year int := year::int + case when length(year) > 2 then 0 when year::int < 30 then 2000 else 1900 end;
  v_month int;
  v_day int := day::int;
  v_name text := app.fold_token(month);
begin
  v_month := case
    when v_name ~ '^\d{1,2}$' then v_name::int
    when v_name ~ '^(jan|ene)' then 1
    when v_name ~ '^(feb|fev)' then 2
    when v_name ~ '^(mar|mrz)' then 3
    when v_name ~ '^(apr|avr|abr)' then 4
    when v_name ~ '^(may|mai)' then 5
    when v_name ~ '^(jun|juin)' then 6
    when v_name ~ '^(jul|juil)' then 7
    when v_name ~ '^(aug|aou|ago)' then 8
    when v_name ~ '^se[pt]' then 9
    when v_name ~ '^(oct|okt)' then 10
    when v_name ~ '^nov' then 11
    when v_name ~ '^(dec|dez|dic)' then 12
  end;
  if v_month between 1 and 12 and v_year between 1 and 9999 and v_day >= 1
    and v_day <= extract(day from make_date(v_year, v_month, 1) + interval '1 month' - interval '1 day')
  then
    return to_char(make_date(v_year, v_month, v_day), 'YYYY-MM-DD');
  end if;
  return null;
end;
$$;

comment on function app.build_date(text, text, text) is
  'An ISO date from the texts of year, month and day; null for no such day.';

grant execute on function app.build_date(text, text, text) to authenticated, service_role;
