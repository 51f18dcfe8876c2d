-- One nutrient as JSON for staging: a plain number scaled and rounded, anything else as the text it is, for the merge
-- to report. Null and words for nothing
-- ("-", "n/a") are null.
create or replace function app.nutrient_value(value text, factor numeric)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
begin
  if value is null or app.op_null_if(value) is null then
    return null;
  end if;
  if value ~ '^-?[0-9]{1,15}(\.[0-9]{1,30})?$' then
    return to_jsonb(trim_scale(round(value::numeric * factor, 6)));
  end if;
  return to_jsonb(value);
end;
$$;
comment on function app.nutrient_value is 'A nutrient of a file as JSON number, or as text when it is none.';
