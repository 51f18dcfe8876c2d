-- Energy that is written twice ("1650 kJ / 394 kcal") in kilocalories: as stated where it is, else converted. Null for
-- other units and for texts without any.
create or replace function app.energy_in_text(value text, to_unit text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select trim_scale(round(t.amount * t.factor, 2))::text
  from app.quantity_terms(energy_in_text.value) as t
  where energy_in_text.to_unit = 'kcal' and t.dimension = 'energy'
  order by t.factor <> 1, t.place
  limit 1;
$$;

comment on function app.energy_in_text(text, text) is 'Kilocalories of a text that states energy in several units.';

grant execute on function app.energy_in_text(text, text) to authenticated, service_role;
