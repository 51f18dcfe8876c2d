-- Multiplies a number; a unit behind it stays.
create or replace function app.op_scale(value text, "by" numeric)
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
  v_parsed := app.parse_decimal(value);
  if v_parsed.number is null then
    return value;
  end if;
  return trim_scale(round(v_parsed.number * "by", 12))::text
    || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_scale(text, numeric) is 'Multiplies a number; a unit behind it stays.';

grant execute on function app.op_scale(text, numeric) to authenticated, service_role;
