-- Rounds a number to so many decimals; a unit behind it stays.
create or replace function app.op_round(value text, digits int default 0)
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
  return round(v_parsed.number, digits)::text || case v_parsed.rest when '' then '' else ' ' || v_parsed.rest end;
end;
$$;

comment on function app.op_round(text, int) is 'Rounds a number.';

grant execute on function app.op_round(text, int) to authenticated, service_role;
