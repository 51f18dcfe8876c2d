-- A bare number is already in kilograms; a cell that names another unit is converted, also stones and pounds
-- ("11 st 4 lb"). Stones are known here only: on a package "10 St" is ten pieces.
create or replace function app.op_to_kg(value text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_parts text[];
begin
  if value ~* 'st' then
    v_parts := regexp_match(
      value, '^\s*(\d{1,3}(?:\.\d+)?)\s*(?:st|stones?)\.?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:lbs?|pounds?)?\.?)?\s*$', 'i'
    );
    if v_parts is not null then
      return trim_scale((v_parts[1]::numeric * 14 + coalesce(v_parts[2]::numeric, 0)) * 0.45359237)::text;
    end if;
  end if;
  return app.convert_amount(value, 'kg', 'kg');
end;
$$;

comment on function app.op_to_kg(text) is 'An amount in kilograms; bare numbers are already.';

grant execute on function app.op_to_kg(text) to authenticated, service_role;
