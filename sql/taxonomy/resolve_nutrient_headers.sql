-- The nutrient columns among a file's folded headers: field, operations and how sure the reading is. A stated unit and
-- basis are certain; a missing one is taken from the file's habit (app.header_basis) at a lower confidence. Unstated
-- units beside "100 g" are grams and energy in kJ, as in Open Food Facts. Salt answers for sodium as well.
create or replace function app.resolve_nutrient_headers(vendor_id uuid, headers text[])
returns table (folded text, canonical text, transform_ops jsonb, confidence numeric)
language sql
stable
set search_path = ''
as $$
  with read as (
    select
      h.header,
      n.key,
      coalesce(n.basis, d.basis) as basis,
      n.unit as stated_unit,
      case
        when n.unit is not null then n.unit
        when n.name in ('calories', 'calorie', 'calorias', 'kalorien') then 'kcal'
        when n.basis = '100g' or d.bare_unit = 'g' then case n.key when 'calories' then 'kj' else 'g' end
        else app.nutrient_unit(n.key)
      end as unit,
      0.95 - case when n.basis is null then 0.05 else 0 end as confidence
    from (select distinct u.header from unnest(resolve_nutrient_headers.headers) as u (header)) as h
    cross join app.header_basis(resolve_nutrient_headers.headers) as d
    cross join lateral app.parse_nutrient_header(resolve_nutrient_headers.vendor_id, h.header) as n
    where n.key = any(app.nutrient_keys())
  ),
  targets as (
    select
      r.header, r.key, r.basis,
      -- Alcohol without a unit in a European table is % vol; a millilitre of it weighs 0.789 g.
      case
        when r.key = 'alcohol_g' and r.stated_unit is null and r.basis = '100g' then '[{"op": "scale", "by": 0.789}]'
        else app.nutrient_operations(r.key, r.unit)
      end as ops,
      r.confidence - case
        when r.stated_unit = 'iu' then 0.25
        when r.stated_unit is null then 0.1
        when r.stated_unit = 'kj' then 0.05
        else 0
      end as confidence
    from read as r
    union all
    select
      r.header, 'sodium_mg', r.basis,
      case r.unit when 'mg' then jsonb '["salt_to_sodium", "to_mg"]' else '["salt_to_sodium", "g_to_mg"]' end,
      r.confidence - 0.05
    from read as r
    where r.key = 'salt_g'
  )
  select
    t.header,
    case t.basis when '100g' then 'nutrition_100g.' else 'nutrition.' end || t.key,
    t.ops,
    t.confidence
  from targets as t
  where t.ops is not null;
$$;

comment on function app.resolve_nutrient_headers(uuid, text[]) is
  'Fields and operations of the nutrient columns of a file.';

grant execute on function app.resolve_nutrient_headers(uuid, text[]) to authenticated, service_role;
