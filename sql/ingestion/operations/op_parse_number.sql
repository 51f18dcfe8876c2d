-- A number as people write it (docs/transform_operations.md) in plain form: "1.234,56" -> 1234.56, "< 0.5" -> 0.5,
-- "traces" -> 0, "3,4 g" -> 3.4. What follows the number must be a unit or a percent sign.
create or replace function app.op_parse_number(value text)
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
  if v_parsed.number is null
    or (v_parsed.rest not in ('', '%') and (app.unit_scale(app.fold_token(v_parsed.rest))).dimension is null)
  then
    return value;
  end if;
  return trim_scale(v_parsed.number)::text;
end;
$$;

comment on function app.op_parse_number(text) is 'A number as people write it, in plain form.';

grant execute on function app.op_parse_number(text) to authenticated, service_role;
