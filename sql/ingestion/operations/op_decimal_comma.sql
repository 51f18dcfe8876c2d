-- Like parse_number for files that write decimals with a comma throughout: "1,234" is 1.234 and "1.234" is 1234.
create or replace function app.op_decimal_comma(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parsed record;
begin
  v_parsed := app.parse_decimal(value, ',');
  if v_parsed.number is null
    or (v_parsed.rest not in ('', '%') and (app.unit_scale(app.fold_token(v_parsed.rest))).dimension is null)
  then
    return value;
  end if;
  return trim_scale(v_parsed.number)::text || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_decimal_comma(text) is
  'A number whose decimal mark is a comma, in plain form; a unit stays.';

grant execute on function app.op_decimal_comma(text) to authenticated, service_role;
