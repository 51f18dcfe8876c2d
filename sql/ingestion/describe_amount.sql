-- An amount as a person would write it: a bare number with its unit, the household measure in parentheses.
create or replace function app.describe_amount(amount text, unit text, household text)
returns text
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_amount text := case
    when amount ~ '^[0-9]{1,12}(\.[0-9]{1,12})?$' then trim_scale(amount::numeric)::text || coalesce(' ' || unit, '')
    else amount
  end;
begin
  return case
    when v_amount is null then household
    when household is null or household = v_amount then v_amount
    else v_amount || ' (' || household || ')'
  end;
end;
$$;
comment on function app.describe_amount is '"85.0", "g", "1 cup" -> "85 g (1 cup)".';
