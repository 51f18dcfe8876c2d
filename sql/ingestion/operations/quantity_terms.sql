-- The amounts with their units in a text, in order: "1 cup (240 ml)" -> (1, cup), (240, ml). "4 x 125 g" counts 500;
-- fractions ("1 1/2", "½") are numbers.
create or replace function app.quantity_terms(value text)
returns table (place int, amount numeric, unit text, dimension text, factor numeric)
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  v_text text := lower(normalize(value, nfkc));
  v_match text[];
  v_number numeric;
  v_times numeric := 1;
begin
  place := 0;
  for v_match in
    select m.parts
    from regexp_matches(
      v_text,
      '(?:(\d+)\s+)?(\d+)\s*[/⁄]\s*(\d+)\s*((?:fl\.?\s*oz|fluid\s+ounces?|[[:alpha:]µ]+)?)'
      '|((?:\d[\d.,]*)?\d|\.\d+)\s*(x\s+(?=[\d.])|×|\*)?\s*((?:fl\.?\s*oz|fluid\s+ounces?|[[:alpha:]µ]+)?)', 'g'
    ) as m (parts)
  loop
    v_number := case
      when v_match[3] is null then (app.parse_decimal(v_match[5])).number
      when length(v_match[1] || v_match[2] || v_match[3]) > 12 or v_match[3]::numeric = 0 then null
      else coalesce(v_match[1], '0')::numeric + v_match[2]::numeric / v_match[3]::numeric
    end;
    continue when v_number is null;
    if v_match[6] is not null and coalesce(v_match[7], '') = '' then
      v_times := v_number;
      continue;
    end if;
    place := place + 1;
    amount := trim_scale(round(v_number * v_times, 6));
    v_times := 1;
    unit := nullif(app.fold_token(coalesce(v_match[4], v_match[7])), '');
    select s.dimension, s.factor into dimension, factor from app.unit_scale(unit) as s;
    return next;
  end loop;
end;
$$;

comment on function app.quantity_terms(text) is 'The amounts in a text with unit, dimension and factor to g or ml.';

grant execute on function app.quantity_terms(text) to authenticated, service_role;
