-- An amount in another unit, as text. A bare number is in from_unit; a unit in the cell is believed over it. What is
-- no amount, or measures something else, comes back unchanged for validation to report.
create or replace function app.convert_amount(value text, from_unit text, to_unit text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path = ''
as $$
declare
  v_amount record;
  v_from record;
  v_to record;
  -- The common steps between metric units, so that plain numbers need no parsing.
  v_factor constant numeric := case from_unit || '>' || to_unit
    when 'g>mg' then 1000
    when 'mg>mcg' then 1000
    when 'g>mcg' then 1000000
    when 'mg>g' then 0.001
    when 'mcg>mg' then 0.001
    when 'mcg>g' then 0.000001
    when from_unit || '>' || from_unit then 1
  end;
begin
  if v_factor is not null and value ~ '^[0-9]{1,12}(\.[0-9]{1,12})?$' then
    return trim_scale(value::numeric * v_factor)::text;
  end if;
  v_amount := app.parse_decimal(value);
  if v_amount.number is null then
    return coalesce(app.energy_in_text(value, to_unit), value);
  end if;
  if v_amount.rest = '' and v_factor is not null then
    return trim_scale(v_amount.number * v_factor)::text;
  end if;
  v_to := app.unit_scale(to_unit);
  v_from := app.unit_scale(case when v_amount.rest = '' then from_unit else app.fold_token(v_amount.rest) end);
  if v_from.dimension is distinct from v_to.dimension then
    return coalesce(app.energy_in_text(value, to_unit), value);
  end if;
  -- 1.650 kJ is a thousand with its mark: nobody measures a thousandth of a kilojoule.
  if v_from.dimension = 'energy' and v_from.factor < 1 and value ~ '^\s*[1-4]\.[0-9]{3}(?![0-9])' then
    v_amount.number := v_amount.number * 1000;
  end if;
  return trim_scale(
    round(v_amount.number * v_from.factor / v_to.factor, case v_to.dimension when 'energy' then 2 else 12 end)
  )::text;
end;
$$;

comment on function app.convert_amount(text, text, text) is
'Converts an amount; the unit in the cell wins over from_unit; unchanged when it cannot.';

grant execute on function app.convert_amount(text, text, text) to authenticated, service_role;
